package io.tidemark.dev.contract;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.contract.ApiDescription;
import io.tidemark.contract.Call;
import io.tidemark.contract.Operation;
import io.tidemark.contract.Operation.Parameter;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/** The n-th call of a seed: an operation of the document, asked rightly or not quite. */
final class MadeUpCall {
    private static final long ODD = 0x9E3779B97F4A7C15L;
    private static final List<String> METHODS =
            List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "QUERY", "get", "M-SEARCH");
    private static final List<String> TYPES = List.of(
            "text/plain",
            "application/xml",
            "application/json; charset=utf-16",
            "application/json; charset=\"utf-8\"",
            "APPLICATION/JSON",
            "application/json;;",
            "*/*",
            "json",
            "multipart/form-data; boundary=x",
            "application/problem+json");
    private static final List<String> BROKEN_ESCAPES =
            List.of("%", "%z", "%zz", "%FF", "%C3", "%00", "%u00e9", "%ED%A0%80");

    private final ApiDescription api;
    private final Known known;
    private final Random random;
    private final Values values;

    /**
     * What calls are made of besides the document.
     *
     * @param customers ids of any kind, own and others'
     * @param positions that may be waited for, and ones that never come
     */
    record Known(String key, String otherKey, String slug, List<String> customers, List<String> positions) {}

    MadeUpCall(ApiDescription api, Known known, long seed, long number) {
        this.api = api;
        this.known = known;
        // Mixed, as the first values of neighbouring seeds are alike.
        this.random = new Random((seed * ODD + number) * ODD);
        this.values = new Values(api, random);
    }

    Call make() {
        List<Operation> operations = api.operations();
        Operation operation = operations.get(random.nextInt(operations.size()));
        var headers = new ArrayList<Map.Entry<String, String>>();
        credentials(headers);
        String target = target(operation, headers);
        byte[] body = body(operation, headers);
        String method = rarely(12) ? values.oneOf(METHODS) : operation.method();
        return new Call(method, target, headers, body);
    }

    private boolean rarely(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }

    private void credentials(List<Map.Entry<String, String>> headers) {
        switch (random.nextInt(40)) {
            case 0 -> {}
            case 1 -> headers.add(Map.entry("X-Api-Key", "tm_live_bad"));
            case 2 -> headers.add(Map.entry("Authorization", "Basic YTpi"));
            case 3 -> {
                headers.add(Map.entry("X-Api-Key", known.key()));
                headers.add(Map.entry("Authorization", "Bearer " + known.otherKey()));
            }
            case 4, 5 -> headers.add(Map.entry("X-Api-Key", known.otherKey()));
            case 6, 7, 8, 9 -> headers.add(Map.entry("Authorization", "bearer " + known.key()));
            default -> headers.add(Map.entry("X-Api-Key", known.key()));
        }
    }

    private String target(Operation operation, List<Map.Entry<String, String>> headers) {
        String path = values.oneOf(operation.servers()).replace("{slug}", rarely(8) ? "globex" : known.slug())
                + operation.path();
        var query = new ArrayList<String>();
        for (Parameter parameter : operation.parameters()) {
            boolean given =
                    parameter.in().equals("path") || rarely(parameter.required() ? 20 : 4) != parameter.required();
            if (given) {
                String value = value(parameter);
                switch (parameter.in()) {
                    case "path" -> path = path.replace("{" + parameter.name() + "}", encoded(value));
                    case "query" -> query.add(parameter.name() + "=" + encoded(value));
                    default -> headers.add(Map.entry(parameter.name(), onOneLine(value)));
                }
            }
        }
        if (query.stream().anyMatch(one -> one.startsWith("after="))
                && query.stream().noneMatch(one -> one.startsWith("timeout="))) {
            // Some positions never come, and each call would wait for five seconds.
            query.add("timeout=" + random.nextInt(50) + "ms");
        }
        if (operation.path().equals(Matrix.WITHOUT_END)
                && query.stream().noneMatch(one -> one.startsWith("duration="))) {
            query.add("duration=" + random.nextInt(50) + "ms");
        }
        spoil(query);
        path = rarely(60) ? spoilt(path) : path;
        return path + (query.isEmpty() ? "" : "?" + String.join("&", query));
    }

    private void spoil(List<String> query) {
        if (rarely(40)) {
            query.add("unknown=1");
        }
        if (rarely(40) && !query.isEmpty()) {
            query.add(query.get(0));
        }
        if (rarely(60)) {
            query.add(values.oneOf(List.of("", "=", "&&", "a=b=c", "%zz=1", "x", "period[]=1d")));
        }
    }

    private String spoilt(String path) {
        return switch (random.nextInt(6)) {
            case 0 -> path + "/";
            case 1 -> path + "/more";
            case 2 -> path.replaceFirst("/", "//");
            case 3 -> path.replace("customers", "%63ustomers");
            case 4 -> path + values.oneOf(BROKEN_ESCAPES);
            default -> path.substring(0, 1 + random.nextInt(path.length()));
        };
    }

    private String value(Parameter parameter) {
        if (parameter.name().equals("after") && !rarely(5)) {
            return values.oneOf(known.positions());
        }
        if (parameter.name().equals("timeout")) {
            return values.oneOf(List.of("0s", "1ms", "PT0.02S", "10ms", "31s", "x", "-1s", ""));
        }
        if (parameter.name().equals("duration")) {
            return values.oneOf(List.of("0s", "1ms", "PT0.02S", "10ms", "2d", "x", "-1s", ""));
        }
        if (parameter.names().isPresent() && !rarely(4)) {
            return values.oneOf(known.customers());
        }
        if (parameter.node().has("example") && !rarely(3)) {
            return parameter.node().get("example").asText();
        }
        JsonNode schema = parameter.node().path("schema");
        JsonNode value = rarely(4) ? values.wrong(schema) : values.right(schema);
        String text = value.isValueNode() ? value.asText() : value.toString();
        return text.length() > 3000 ? text.substring(0, 3000) : text;
    }

    /** As one should, or every third time in another way that says the same, or says nothing. */
    private String encoded(String value) {
        if (rarely(60)) {
            return value.replaceAll("[^A-Za-z0-9]", "") + values.oneOf(BROKEN_ESCAPES);
        }
        var encoded = new StringBuilder();
        for (byte one : value.getBytes(UTF_8)) {
            boolean plain = (one > 0 && Character.isLetterOrDigit(one)) || "-_.".indexOf(one) >= 0;
            encoded.append(plain && !rarely(50) ? String.valueOf((char) one) : String.format("%%%02X", one));
        }
        return encoded.toString();
    }

    /** A line end in a header would make another request of what follows. */
    private static String onOneLine(String value) {
        return value.replaceAll("[\\r\\n\\x00]", " ").strip();
    }

    private byte[] body(Operation operation, List<Map.Entry<String, String>> headers) {
        var bodies = operation.bodies();
        if (bodies.isEmpty() ? !rarely(15) : rarely(30)) {
            return new byte[0];
        }
        String type = bodies.isEmpty() ? "application/json" : values.oneOf(List.copyOf(bodies.keySet()));
        if (!rarely(20)) {
            headers.add(Map.entry("Content-Type", rarely(15) ? values.oneOf(TYPES) : type));
        }
        JsonNode schema =
                bodies.getOrDefault(type, JsonNodeFactory.instance.objectNode()).path("schema");
        JsonNode body = values.right(schema);
        for (int n = rarely(2) ? 0 : 1 + random.nextInt(2); n > 0; n--) {
            var objects = new ArrayList<ObjectNode>();
            gather(body, objects);
            if (!objects.isEmpty()) {
                spoil(values.oneOf(objects), schema);
            }
        }
        return bytes(body.toString(), operation);
    }

    private static void gather(JsonNode node, List<ObjectNode> objects) {
        if (node instanceof ObjectNode object) {
            objects.add(object);
        }
        node.forEach(below -> gather(below, objects));
    }

    private void spoil(ObjectNode object, JsonNode schema) {
        var names = new ArrayList<String>();
        object.fieldNames().forEachRemaining(names::add);
        String name = names.isEmpty() ? "unknown" : values.oneOf(names);
        switch (random.nextInt(5)) {
            case 0 -> object.remove(name);
            case 1 -> object.put("unknown" + values.oddText(), 1);
            case 2 -> object.set(name.toUpperCase(Locale.ROOT), object.path(name));
            default ->
                object.set(
                        name,
                        values.wrong(api.resolved(schema).path("properties").path(name)));
        }
    }

    /** The text, or something that nearly is it. */
    private byte[] bytes(String text, Operation operation) {
        if (!rarely(10)) {
            return text.getBytes(UTF_8);
        }
        return switch (random.nextInt(9)) {
            case 0 -> text.substring(0, random.nextInt(text.length())).getBytes(UTF_8);
            case 1 -> (text + text).getBytes(UTF_8);
            case 2 -> text.getBytes(UTF_16);
            case 3 -> ("\uFEFF" + text).getBytes(UTF_8);
            case 4 ->
                text.replaceFirst("\\{", "{\"name\":\"a\",\"name\":\"b\",").getBytes(UTF_8);
            case 5 -> ("[".repeat(20_000) + text).getBytes(UTF_8);
            case 6 -> text.replaceFirst(":", ":1e2147483648,\"x\":").getBytes(UTF_8);
            case 7 -> malformed(text);
            default ->
                rarely(5) && !operation.bodies().isEmpty()
                        ? ("\"" + "x".repeat((1 << 20) + 10)).getBytes(UTF_8)
                        : "NaN".getBytes(UTF_8);
        };
    }

    private byte[] malformed(String text) {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(text.substring(0, text.length() / 2).getBytes(UTF_8));
        bytes.writeBytes(new byte[] {(byte) 0xC3, (byte) 0x28, (byte) 0xFF});
        bytes.writeBytes(text.substring(text.length() / 2).getBytes(UTF_8));
        return bytes.toByteArray();
    }
}
