package io.tidemark.dev.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.contract.ApiDescription;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;

/** Values for a schema: mostly right ones, its bounds among them, and ones that are wrong in every way that comes to mind. */
final class Values {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int DEEPEST = 4;
    private static final List<String> TEXTS = List.of(
            "a",
            "customer_123",
            "userId:companionId",
            "a/b",
            "a b",
            "100%",
            "a+b",
            "a;b=c",
            "..",
            ".",
            "%2F",
            "Grüße",
            "नेपाल",
            "e\u0301",
            "\u202Eabc",
            "\uD83D\uDE80",
            "\uFEFFa",
            "ß",
            "İ",
            "by-email",
            "'; --",
            "<script>",
            "${x}",
            "null",
            "0",
            "-1",
            "1e309",
            "true");
    private static final List<String> ODD_TEXTS =
            List.of("", " ", "\u0000", "\u0007", "a\nb", "\u007F", "\uD800", "\uDC00x", "\uFFFF", "\t");
    private static final List<String> NUMBERS = List.of(
            "0",
            "-0",
            "-1",
            "1.5",
            "0.1",
            "1e2",
            "1e-400",
            "1e400",
            "1E+2147483647",
            "9007199254740993",
            "9223372036854775807",
            "9223372036854775808",
            "-9223372036854775809",
            "123456789012345678901234567890.123456789012345678");

    private final ApiDescription api;
    private final Random random;

    Values(ApiDescription api, Random random) {
        this.api = api;
        this.random = random;
    }

    /** One that fits, as far as schemas go. */
    JsonNode right(JsonNode schema) {
        // A copy: examples are the document's own.
        return right(api.resolved(schema), 0).deepCopy();
    }

    private JsonNode right(JsonNode schema, int depth) {
        JsonNode examples = schema.path("examples");
        if (!examples.isEmpty() && random.nextInt(10) < 4) {
            return examples.get(random.nextInt(examples.size()));
        }
        for (String alternatives : List.of("oneOf", "anyOf", "allOf")) {
            if (!schema.path(alternatives).isEmpty() && !schema.has("properties")) {
                JsonNode all = schema.get(alternatives);
                return right(api.resolved(all.get(random.nextInt(all.size()))), depth + 1);
            }
        }
        if (schema.has("const")) {
            return schema.get("const");
        }
        if (schema.has("enum")) {
            return one(schema.get("enum"));
        }
        return ofType(type(schema), schema, depth);
    }

    private String type(JsonNode schema) {
        JsonNode type = schema.path("type");
        if (type.isArray()) {
            return one(type).asText();
        }
        return type.isMissingNode() ? schema.has("properties") ? "object" : "string" : type.asText();
    }

    private JsonNode ofType(String type, JsonNode schema, int depth) {
        return switch (type) {
            case "object" -> object(schema, depth);
            case "array" -> array(schema, depth);
            case "integer" -> JSON.numberNode(integer(schema));
            case "number" -> JSON.numberNode(new BigDecimal(random.nextInt(100_000)).movePointLeft(random.nextInt(5)));
            case "boolean" -> JSON.booleanNode(random.nextBoolean());
            case "null" -> JSON.nullNode();
            default -> JSON.textNode(text(schema));
        };
    }

    private ObjectNode object(JsonNode schema, int depth) {
        ObjectNode object = JSON.objectNode();
        var required = new java.util.HashSet<String>();
        schema.path("required").forEach(name -> required.add(name.asText()));
        int often = random.nextInt(1, 6);
        schema.path("properties").properties().forEach(entry -> {
            boolean wanted = required.contains(entry.getKey()) || random.nextInt(10) < often;
            if (wanted && depth < DEEPEST) {
                object.set(entry.getKey(), right(api.resolved(entry.getValue()), depth + 1));
            }
        });
        JsonNode more = schema.path("additionalProperties");
        for (int i = random.nextInt(4); more.isObject() && i > 0; i--) {
            object.set(oneOf(TEXTS), right(api.resolved(more), depth + 1));
        }
        return object;
    }

    private ArrayNode array(JsonNode schema, int depth) {
        ArrayNode array = JSON.arrayNode();
        int least = schema.path("minItems").asInt(0);
        for (int i = least + random.nextInt(4); i > 0; i--) {
            array.add(right(api.resolved(schema.path("items")), depth + 1));
        }
        return array;
    }

    private BigInteger integer(JsonNode schema) {
        long least = schema.path("minimum").asLong(0);
        long most = schema.path("maximum").asLong(Math.max(least, 1_000_000));
        return BigInteger.valueOf(
                switch (random.nextInt(4)) {
                    case 0 -> least;
                    case 1 -> most;
                    default -> most > least ? random.nextLong(least, most) : least;
                });
    }

    private String text(JsonNode schema) {
        return switch (schema.path("format").asText()) {
            case "date-time" -> instant();
            case "uuid" -> new UUID(random.nextLong(), random.nextLong()).toString();
            default -> plain(schema);
        };
    }

    private String instant() {
        Instant near = Instant.parse("2026-11-20T12:00:00Z").plusSeconds(random.nextInt(-4_000_000, 4_000_000));
        return random.nextInt(5) > 0
                ? near.toString()
                : oneOf(List.of("2026-10-01T00:00:00+05:45", "2024-02-29T23:59:60Z", "9999-12-31T23:59:59.999999999Z"));
    }

    private String plain(JsonNode schema) {
        int most = schema.path("maxLength").asInt(64);
        return switch (random.nextInt(8)) {
            case 0 -> "x".repeat(most);
            case 1 -> "é".repeat(Math.max(1, most / 2));
            default -> oneOf(TEXTS);
        };
    }

    /** One that is probably wrong, whatever the schema is. */
    JsonNode wrong(JsonNode schema) {
        JsonNode resolved = api.resolved(schema);
        List<Supplier<JsonNode>> ways = List.of(
                () -> JSON.textNode(oneOf(ODD_TEXTS)),
                () -> JSON.textNode("y".repeat(resolved.path("maxLength").asInt(4000) + 1)),
                () -> JSON.numberNode(new BigDecimal(oneOf(NUMBERS))),
                () -> JSON.numberNode(resolved.path("maximum").asLong(1000) + 1),
                () -> JSON.numberNode(resolved.path("minimum").asLong(1) - 1),
                () -> JSON.booleanNode(true),
                JSON::nullNode,
                JSON::objectNode,
                JSON::arrayNode,
                () -> JSON.objectNode().put("a", 1),
                () -> JSON.arrayNode().add(1).add("a").addNull(),
                this::deep,
                () -> JSON.textNode(oneOf(TEXTS)));
        return ways.get(random.nextInt(ways.size())).get();
    }

    private JsonNode deep() {
        JsonNode deep = JSON.textNode("deep");
        // Twice within each other still below the thousand that are written.
        for (int i = random.nextInt(480); i > 0; i--) {
            deep = random.nextBoolean()
                    ? JSON.arrayNode().add(deep)
                    : JSON.objectNode().set("d", deep);
        }
        return deep;
    }

    String oddText() {
        return random.nextBoolean() ? oneOf(ODD_TEXTS) : oneOf(TEXTS);
    }

    private JsonNode one(JsonNode array) {
        return array.get(random.nextInt(array.size()));
    }

    <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
