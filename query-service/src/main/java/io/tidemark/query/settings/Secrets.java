package io.tidemark.query.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Values that stand in files of their own, as container platforms hand secrets over. */
public final class Secrets {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{secret:([^}]+)}");

    private Secrets() {}

    /**
     * A value with each {@code ${secret:PATH}} replaced by what the file holds. Within quotes of a JAAS entry, quotes and
     * backslashes of a password would end it or change it: they are escaped there.
     *
     * @param name of the setting or the variable
     * @param faults receives the files that cannot be read
     */
    public static String filledIn(String name, String value, List<String> faults) {
        boolean jaas = name.toLowerCase(Locale.ROOT).replace('_', '.').endsWith("sasl.jaas.config");
        return REFERENCE.matcher(value).replaceAll(found -> {
            String secret = read(found.group(1), faults);
            return Matcher.quoteReplacement(jaas ? secret.replace("\\", "\\\\").replace("\"", "\\\"") : secret);
        });
    }

    /** What a file holds, without the line break at its end. */
    static String read(String file, List<String> faults) {
        try {
            return Files.readString(Path.of(file)).replaceFirst("\\R$", "");
        } catch (IOException | InvalidPathException unreadable) {
            faults.add("the secret in " + file + " cannot be read: " + unreadable);
            return "";
        }
    }
}
