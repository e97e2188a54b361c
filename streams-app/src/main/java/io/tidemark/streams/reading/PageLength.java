package io.tidemark.streams.reading;

import java.util.Locale;

/** How much time a page is about, and into what it divides that; all in UTC. */
public enum PageLength {
    /** Sixty minutes. */
    HOUR(1),
    /** Ninety-six quarter hours. */
    DAY(15),
    /** Up to 31 days. */
    MONTH(24 * 60);

    private final int slotMinutes;

    PageLength(int slotMinutes) {
        this.slotMinutes = slotMinutes;
    }

    /** How long a slot is. */
    public int slotMinutes() {
        return slotMinutes;
    }

    /** The name in questions and answers. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
