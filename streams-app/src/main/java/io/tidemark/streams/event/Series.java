package io.tidemark.streams.event;

import java.util.Comparator;

/**
 * What a customer's readings are kept apart by.
 *
 * @param group reserved for dimensions; empty until they come
 * @param currency ISO 4217 code; empty where there is no cost
 */
public record Series(EventKind kind, String meter, String group, String currency) implements Comparable<Series> {
    private static final Comparator<Series> ORDER = Comparator.comparing(Series::kind)
            .thenComparing(Series::meter)
            .thenComparing(Series::group)
            .thenComparing(Series::currency);

    /** The series of an event. */
    public static Series of(Event event) {
        return new Series(event.kind(), event.meter(), "", event.currency());
    }

    // For each event: a record's own way goes through method handles that are not always inlined.
    @Override
    public boolean equals(Object other) {
        return other instanceof Series one
                && kind == one.kind
                && meter.equals(one.meter)
                && group.equals(one.group)
                && currency.equals(one.currency);
    }

    @Override
    public int hashCode() {
        return ((kind.code() * 31 + meter.hashCode()) * 31 + group.hashCode()) * 31 + currency.hashCode();
    }

    @Override
    public int compareTo(Series other) {
        return ORDER.compare(this, other);
    }
}
