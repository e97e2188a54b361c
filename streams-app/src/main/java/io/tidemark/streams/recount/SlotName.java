package io.tidemark.streams.recount;

import io.tidemark.streams.reading.PageLength;
import java.util.Comparator;

/** Which slot it is: of which series, in a page of which length, and when it begins. */
record SlotName(SeriesOwner owner, PageLength page, int minute) implements Comparable<SlotName> {
    private static final Comparator<SlotName> ORDER =
            Comparator.comparing(SlotName::owner).thenComparing(SlotName::page).thenComparing(SlotName::minute);

    @Override
    public int compareTo(SlotName other) {
        return ORDER.compare(this, other);
    }
}
