package io.tidemark.query.sending;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * One field of an event.
 *
 * @param name in the Avro schema and in JSON, where {@code camelCase} is taken too
 * @param flag on the command line, without its dashes
 * @param required whether there is no event without it and no default
 * @param description for the help
 */
public record EventField(String name, String flag, FieldType type, boolean required, String description) {
    private static final Pattern NEXT_WORD = Pattern.compile("_([a-z])");

    static EventField optional(String name, FieldType type, String description) {
        return new EventField(name, name.replace('_', '-'), type, false, description);
    }

    /** Every name that JSON may use: {@code input_tokens}, {@code inputTokens}. */
    Set<String> spellings() {
        var spellings = new TreeSet<String>();
        spellings.add(name);
        spellings.add(NEXT_WORD.matcher(name).replaceAll(word -> word.group(1).toUpperCase(Locale.ROOT)));
        return spellings;
    }
}
