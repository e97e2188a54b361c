package io.tidemark.query.sending;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One field of an event.
 *
 * @param name in the Avro schema and in JSON, where {@code camelCase} is taken too
 * @param flag on the command line, without its dashes
 * @param required whether there is no event without it and no default
 * @param description for the help
 * @param aliases other names that JSON may use
 */
public record EventField(
        String name, String flag, FieldType type, boolean required, String description, List<String> aliases) {
    private static final Pattern NEXT_WORD = Pattern.compile("_([a-z])");

    public EventField {
        aliases = List.copyOf(aliases);
    }

    EventField(String name, String flag, FieldType type, boolean required, String description) {
        this(name, flag, type, required, description, List.of());
    }

    /** The same under other names too. */
    EventField or(String... others) {
        return new EventField(name, flag, type, required, description, List.of(others));
    }

    static EventField optional(String name, FieldType type, String description) {
        return new EventField(name, name.replace('_', '-'), type, false, description);
    }

    /** Every name that JSON may use: {@code input_tokens}, {@code inputTokens}. */
    public Set<String> spellings() {
        var spellings = new TreeSet<String>();
        Stream.concat(Stream.of(name), aliases.stream()).forEach(each -> {
            spellings.add(each);
            spellings.add(
                    NEXT_WORD.matcher(each).replaceAll(word -> word.group(1).toUpperCase(Locale.ROOT)));
        });
        return spellings;
    }
}
