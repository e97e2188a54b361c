package io.tidemark.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Whether a reply is one that the document names: its status, its headers, its body to the last field. */
public final class Contract {
    private static final Set<String> OF_THE_TRANSPORT =
            Set.of("content-type", "content-length", "transfer-encoding", "connection", "date");
    private static final Pattern WHOLE_NUMBER = Pattern.compile("-?[0-9]+");
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private static final class OnClassPath {
        private static final Contract CONTRACT = new Contract(ApiDescription.ofClassPath());
    }

    private final ApiDescription api;
    private final Schemas schemas;

    public Contract(ApiDescription api) {
        this.api = api;
        this.schemas = new Schemas(api);
    }

    /** That of the document on the class path. */
    public static Contract ofClassPath() {
        return OnClassPath.CONTRACT;
    }

    public ApiDescription api() {
        return api;
    }

    /** The same response, if it is one that may be; for tests that send requests of their own. */
    public static HttpResponse<String> held(HttpResponse<String> response) {
        ofClassPath().hold(Reply.of(response));
        return response;
    }

    /**
     * Fails where a reply is not one that the document names.
     *
     * @throws AssertionError with everything that the document does not name
     */
    public void hold(Reply reply) {
        List<String> complaints = complaints(reply);
        if (!complaints.isEmpty()) {
            throw new AssertionError("a reply outside of the contract: " + complaints + "\n" + reply);
        }
    }

    /** What of a reply the document does not name; nothing where all is well. */
    public List<String> complaints(Reply reply) {
        Optional<Operation> operation = api.meant(reply.method(), reply.path());
        JsonNode responses =
                operation.map(known -> known.node().get("responses")).orElseGet(api::elsewhere);
        String what = operation.map(Operation::toString).orElse("no operation");
        JsonNode named = responses.get(String.valueOf(reply.status()));
        if (named == null) {
            return List.of("status " + reply.status() + " is not documented for " + what);
        }
        JsonNode response = api.resolved(named);
        var complaints = new ArrayList<String>();
        headers(reply, response, complaints);
        body(reply, response, complaints);
        return complaints;
    }

    private void headers(Reply reply, JsonNode response, List<String> complaints) {
        var undocumented = new TreeSet<>(reply.headers().keySet());
        undocumented.removeAll(OF_THE_TRANSPORT);
        response.path("headers").properties().forEach(entry -> {
            undocumented.remove(entry.getKey().toLowerCase(Locale.ROOT));
            JsonNode header = api.resolved(entry.getValue());
            List<String> values = reply.headers().getOrDefault(entry.getKey().toLowerCase(Locale.ROOT), List.of());
            if (values.isEmpty() && header.path("required").asBoolean()) {
                complaints.add("header " + entry.getKey() + " is missing");
            }
            values.forEach(value -> schemas.complaints(header.get("schema"), valueOf(value, header))
                    .forEach(complaint -> complaints.add("header " + entry.getKey() + ": " + complaint)));
        });
        undocumented.forEach(name -> complaints.add("header " + name + " is not documented"));
    }

    /** The text of a header is a number where its schema says so. */
    private JsonNode valueOf(String text, JsonNode header) {
        boolean number =
                api.resolved(header.get("schema")).path("type").asText().equals("integer");
        return number && WHOLE_NUMBER.matcher(text).matches()
                ? JSON.getNodeFactory().numberNode(new java.math.BigInteger(text))
                : TextNode.valueOf(text);
    }

    private void body(Reply reply, JsonNode response, List<String> complaints) {
        JsonNode content = response.path("content");
        if (reply.method().equals("HEAD") || content.isEmpty()) {
            if (!reply.body().isEmpty()) {
                complaints.add("it has a body");
            }
            return;
        }
        JsonNode media = content.get(reply.mediaType());
        if (media == null) {
            complaints.add("content type " + reply.header("content-type") + " is not documented");
            return;
        }
        try {
            JsonNode value =
                    reply.mediaType().endsWith("json") ? JSON.readTree(reply.body()) : TextNode.valueOf(reply.body());
            complaints.addAll(schemas.complaints(media.get("schema"), value));
        } catch (JsonProcessingException broken) {
            complaints.add("its body is not JSON: " + broken.getOriginalMessage());
        }
    }
}
