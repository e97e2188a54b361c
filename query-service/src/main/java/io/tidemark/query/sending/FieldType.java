package io.tidemark.query.sending;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.query.period.Moment;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a field of an event may hold, and how that is written in a flag and in JSON. Empty means: not like this. */
public enum FieldType {
    TEXT("a text") {
        @Override
        public Optional<Object> ofText(String text) {
            return Optional.of(text).filter(FieldType::isUnicode).map(whole -> whole);
        }
    },
    COUNT("a whole number") {
        @Override
        public Optional<Object> ofText(String text) {
            return WHOLE.matcher(text).matches() ? Optional.of(Long.valueOf(text)) : Optional.empty();
        }

        @Override
        public Optional<Object> ofJson(JsonNode json) {
            return json.canConvertToLong() && json.isIntegralNumber()
                    ? Optional.of(json.longValue())
                    : Optional.empty();
        }
    },
    DECIMAL("a decimal with at most 29 digits before the point and 9 after it") {
        @Override
        public Optional<Object> ofText(String text) {
            return PLAIN.matcher(text).matches() ? fitting(new BigDecimal(text)) : Optional.empty();
        }

        @Override
        public Optional<Object> ofJson(JsonNode json) {
            return json.isNumber() ? fitting(json.decimalValue()) : super.ofJson(json);
        }
    },
    INSTANT("an RFC 3339 instant with an offset") {
        @Override
        public Optional<Object> ofText(String text) {
            return Moment.parse(text).map(instant -> instant);
        }
    },
    TEXTS("an object of texts") {
        @Override
        public Optional<Object> ofText(String text) {
            return Optional.empty();
        }

        @Override
        public Optional<Object> ofJson(JsonNode json) {
            var texts = new HashMap<String, String>();
            json.properties().forEach(entry -> {
                if (entry.getValue().isTextual()
                        && isUnicode(entry.getValue().textValue())
                        && isUnicode(entry.getKey())) {
                    texts.put(entry.getKey(), entry.getValue().textValue());
                }
            });
            return json.isObject() && texts.size() == json.size() ? Optional.of(Map.copyOf(texts)) : Optional.empty();
        }
    };

    private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,18}");
    private static final Pattern PLAIN = Pattern.compile("[+-]?[0-9]{1,60}(\\.[0-9]{1,60})?");
    private static final int MOST_BEFORE_POINT = 29;
    private static final int MOST_AFTER_POINT = 9;

    private final String description;

    FieldType(String description) {
        this.description = description;
    }

    public String description() {
        return description;
    }

    public abstract Optional<Object> ofText(String text);

    /** Of a value in JSON. */
    public Optional<Object> ofJson(JsonNode json) {
        return json.isTextual() ? ofText(json.textValue()) : Optional.empty();
    }

    /** Half a surrogate pair cannot be written as UTF-8: two texts would become one. */
    private static boolean isUnicode(String text) {
        return text.codePoints().noneMatch(point -> Character.getType(point) == Character.SURROGATE);
    }

    /** What the wire cannot carry is refused, never rounded. */
    private static Optional<Object> fitting(BigDecimal value) {
        BigDecimal exact = value.stripTrailingZeros();
        // In 64 bits: a scale may be as low as an int can be.
        long before = (long) exact.precision() - exact.scale();
        boolean fits = exact.scale() <= MOST_AFTER_POINT && before <= MOST_BEFORE_POINT;
        return fits ? Optional.of(exact) : Optional.empty();
    }
}
