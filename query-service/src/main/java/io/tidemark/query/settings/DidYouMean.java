package io.tidemark.query.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Finds the name that was probably meant. */
public final class DidYouMean {
    private DidYouMean() {}

    /** A name that differs from what was given in at most a third of its characters. */
    static Optional<String> of(String given, Collection<String> known) {
        var distance = LevenshteinDistance.getDefaultInstance();
        return known.stream()
                .min(Comparator.<String>comparingInt(name -> distance.apply(given, name))
                        .thenComparing(Comparator.naturalOrder()))
                .filter(name -> 3 * distance.apply(given, name) <= name.length());
    }

    /** The same as the end of a sentence; empty where nothing is near. */
    public static String ending(String given, Collection<String> known) {
        return of(given, known).map(name -> "; did you mean " + name + "?").orElse("");
    }
}
