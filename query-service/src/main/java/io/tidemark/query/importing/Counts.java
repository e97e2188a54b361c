package io.tidemark.query.importing;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.query.importing.RowOutcome.Fate;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** How many rows met each fate. */
public record Counts(Map<Fate, Long> ofFate) {
    static final Counts NONE = new Counts(Map.of());

    public Counts {
        ofFate = Map.copyOf(ofFate);
    }

    Counts plus(Fate fate) {
        var more = new TreeMap<>(ofFate);
        more.merge(fate, 1L, Long::sum);
        return new Counts(more);
    }

    long of(Fate fate) {
        return ofFate.getOrDefault(fate, 0L);
    }

    public long rows() {
        return ofFate.values().stream().mapToLong(Long::longValue).sum();
    }

    public long refused() {
        return of(Fate.REFUSED);
    }

    /** Adds each to a line of JSON, by its name. */
    public void addTo(Map<String, Object> line) {
        for (Fate fate : Fate.values()) {
            line.put(label(fate), of(fate));
        }
    }

    static Counts of(JsonNode line) {
        var counts = new TreeMap<Fate, Long>();
        for (Fate fate : Fate.values()) {
            counts.put(fate, line.path(label(fate)).asLong());
        }
        return new Counts(counts);
    }

    private static String label(Fate fate) {
        return fate.name().toLowerCase(Locale.ROOT);
    }
}
