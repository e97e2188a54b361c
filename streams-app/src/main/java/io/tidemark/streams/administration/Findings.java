package io.tidemark.streams.administration;

import io.tidemark.streams.administration.Finding.Level;
import java.util.ArrayList;
import java.util.List;

/** Gathers what is found, in order. */
public final class Findings {
    private final List<Finding> found = new ArrayList<>();

    void fine(String says) {
        found.add(new Finding(Level.FINE, says));
    }

    void warning(String says) {
        found.add(new Finding(Level.WARNING, says));
    }

    void fault(String says) {
        found.add(new Finding(Level.FAULT, says));
    }

    void faults(List<String> all) {
        all.forEach(this::fault);
    }

    /** Everything. */
    public List<Finding> all() {
        return List.copyOf(found);
    }

    /** What is said of one level alone. */
    List<String> of(Level level) {
        return found.stream()
                .filter(finding -> finding.level() == level)
                .map(Finding::says)
                .toList();
    }

    boolean hasFaults() {
        return !of(Level.FAULT).isEmpty();
    }
}
