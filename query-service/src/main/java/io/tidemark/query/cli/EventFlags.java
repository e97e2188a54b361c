package io.tidemark.query.cli;

import io.tidemark.query.sending.EventField;
import io.tidemark.query.sending.FieldType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The fields of an event as options of a command. */
final class EventFlags {
    /** So that a cost can be tried out with one flag; files must say their currency. */
    private static final String DEFAULT_CURRENCY = "USD";

    private EventFlags() {}

    /** Values are taken as texts, so that all of them can be checked before any is complained about. */
    static OptionSpec option(EventField field) {
        var option = OptionSpec.builder("--" + field.flag()).description(sentence(field.description()));
        return field.type() == FieldType.TEXTS
                ? option.type(Map.class)
                        .auxiliaryTypes(String.class, String.class)
                        .paramLabel("KEY=VALUE")
                        .build()
                : option.type(String.class).paramLabel(field.type().name()).build();
    }

    private static String sentence(String description) {
        return Character.toUpperCase(description.charAt(0)) + description.substring(1) + ".";
    }

    static Map<String, Object> values(CommandSpec spec, List<EventField> fields, List<String> faults) {
        var values = new LinkedHashMap<String, Object>();
        for (EventField field : fields) {
            Object given = spec.findOption("--" + field.flag()).getValue();
            if (given != null && !Map.of().equals(given)) {
                value(field, given)
                        .ifPresentOrElse(
                                value -> values.put(field.name(), value),
                                () -> faults.add("--" + field.flag() + " must be "
                                        + field.type().description()));
            }
        }
        if (values.containsKey("cost")) {
            values.putIfAbsent("currency", DEFAULT_CURRENCY);
        }
        return values;
    }

    private static Optional<Object> value(EventField field, Object given) {
        return given instanceof Map<?, ?> texts
                ? Optional.of(Map.copyOf(texts))
                : field.type().ofText(given.toString());
    }
}
