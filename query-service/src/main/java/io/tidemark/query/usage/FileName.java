package io.tidemark.query.usage;

import io.tidemark.streams.reading.Period;
import java.time.LocalDate;
import java.time.ZoneId;

/** What a file of usage is called. */
final class FileName {
    private static final int LONGEST = 100;

    private FileName() {}

    /**
     * {@code usage-customer_123-2026-10-01-2026-11-01.csv}: whatever may mean something to a shell, a path or a header is a hyphen.
     *
     * @param what begins with a letter
     */
    static String of(String what, Period period, ZoneId zone) {
        return safe(what).substring(0, Math.min(LONGEST, safe(what).length()))
                + safe("-" + LocalDate.ofInstant(period.from(), zone) + "-" + LocalDate.ofInstant(period.to(), zone))
                + ".csv";
    }

    /** Also the plus of the year 10000. */
    private static String safe(String text) {
        return text.replaceAll("[^A-Za-z0-9._-]+", "-");
    }
}
