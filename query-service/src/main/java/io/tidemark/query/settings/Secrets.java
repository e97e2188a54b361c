package io.tidemark.query.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Values that stand in files of their own, as container platforms hand secrets over. */
public final class Secrets {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{secret:([^}]+)}");

    private Secrets() {}

    /**
     * A value with each {@code ${secret:PATH}} replaced by what the file holds.
     *
     * @param faults receives the files that cannot be read
     */
    public static String filledIn(String value, List<String> faults) {
        return REFERENCE.matcher(value).replaceAll(found -> Matcher.quoteReplacement(read(found, faults)));
    }

    private static String read(MatchResult reference, List<String> faults) {
        return read(reference.group(1), faults);
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
