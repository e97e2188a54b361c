package io.tidemark.query.request;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** The two ways a field may be written, and how a fault points at it. */
public final class FieldName {
    private static final Pattern NEXT_WORD = Pattern.compile("_([a-z0-9])");

    private FieldName() {}

    /** Of a {@code snake_case} name and its aliases: those and their {@code camelCase}. */
    public static Set<String> spellings(String name, String... aliases) {
        var spellings = new LinkedHashSet<String>();
        spellings.add(name);
        spellings.add(camel(name));
        Arrays.stream(aliases).forEach(alias -> {
            spellings.add(alias);
            spellings.add(camel(alias));
        });
        return spellings;
    }

    private static String camel(String name) {
        return NEXT_WORD.matcher(name).replaceAll(word -> word.group(1).toUpperCase(java.util.Locale.ROOT));
    }

    /** RFC 6901 of one more step. */
    public static String pointer(String step) {
        return "/" + step.replace("~", "~0").replace("/", "~1");
    }
}
