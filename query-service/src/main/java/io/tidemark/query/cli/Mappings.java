package io.tidemark.query.cli;

import io.tidemark.query.sending.EventField;
import io.tidemark.query.sending.EventFields;
import io.tidemark.query.sending.FieldType;
import io.tidemark.streams.event.EventKind;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What {@code --set field=value} and {@code --map field:old=new} say, as the instance takes it. */
final class Mappings {
    private Mappings() {}

    /** One change; a fault where the text is none. */
    static Optional<Map<String, Object>> set(String text, List<String> faults) {
        int equals = text.indexOf('=');
        if (equals < 1) {
            faults.add("--set must be of the form FIELD=VALUE: " + text);
            return Optional.empty();
        }
        var change = new LinkedHashMap<String, Object>();
        String field = text.substring(0, equals);
        change.put("field", field);
        change.put("to", value(field, text.substring(equals + 1)));
        return Optional.of(change);
    }

    /** The same of one value alone; the first of several equals signs divides old from new. */
    static Optional<Map<String, Object>> map(String text, List<String> faults) {
        int colon = text.indexOf(':');
        int equals = text.indexOf('=', colon + 1);
        if (colon < 1 || equals < 0) {
            faults.add("--map must be of the form FIELD:OLD=NEW: " + text);
            return Optional.empty();
        }
        var change = new LinkedHashMap<String, Object>();
        String field = text.substring(0, colon);
        change.put("field", field);
        change.put("from", value(field, text.substring(colon + 1, equals)));
        change.put("to", value(field, text.substring(equals + 1)));
        return Optional.of(change);
    }

    /** Whole numbers are numbers in JSON; all else is text, and what is wrong with it the instance says. */
    private static Object value(String field, String text) {
        boolean counts = Arrays.stream(EventKind.values())
                .flatMap(kind -> EventFields.of(kind).stream())
                .filter(one -> one.spellings().contains(field))
                .map(EventField::type)
                .anyMatch(FieldType.COUNT::equals);
        return counts ? FieldType.COUNT.ofText(text).orElse(text) : text;
    }
}
