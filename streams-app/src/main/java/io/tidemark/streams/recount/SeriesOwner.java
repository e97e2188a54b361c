package io.tidemark.streams.recount;

import io.tidemark.streams.event.Event;
import io.tidemark.streams.event.EventKind;
import io.tidemark.streams.reading.UsagePages;
import java.util.Comparator;

/** Whose usage it is, and of what: all that pages of one time differ in. */
record SeriesOwner(String customer, EventKind kind, String meter, String currency) implements Comparable<SeriesOwner> {
    private static final Comparator<SeriesOwner> ORDER = Comparator.comparing(SeriesOwner::customer)
            .thenComparing(SeriesOwner::kind)
            .thenComparing(SeriesOwner::meter)
            .thenComparing(SeriesOwner::currency);

    static SeriesOwner of(Event event) {
        return new SeriesOwner(event.customer(), event.kind(), event.meter(), event.currency());
    }

    static SeriesOwner of(UsagePages.Name page) {
        return new SeriesOwner(page.externalId(), page.kind(), page.meter(), page.currency());
    }

    /** The same series of another customer. */
    SeriesOwner as(String other) {
        return new SeriesOwner(other, kind, meter, currency);
    }

    @Override
    public int compareTo(SeriesOwner other) {
        return ORDER.compare(this, other);
    }
}
