package io.tidemark.streams.access;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whose customers are counted.
 *
 * @param name what events and keys call it; never changes
 * @param createdAt UTC, precise to the microsecond
 * @param defaultCurrency ISO 4217 code its customers get where nothing else is said
 * @param defaultTimezone IANA zone of its calendar where nothing else is said; empty: UTC
 * @param meters names of those it has defined, in order; events of others are counted all the same
 */
public record Tenant(
        String name,
        Instant createdAt,
        Optional<String> defaultCurrency,
        Optional<String> defaultTimezone,
        Set<String> meters) {
    /** The form of a name, as a regular expression. */
    public static final String FORM = "[a-z0-9][a-z0-9_-]{0,62}";

    /** The form of a meter's name. */
    public static final String METER_FORM = "[A-Za-z0-9_.:-]{1,64}";

    public static final int MOST_METERS = 1_000;

    private static final int LONGEST_NAME = 63;
    private static final int LONGEST_METER = 64;

    public Tenant {
        createdAt = createdAt.truncatedTo(ChronoUnit.MICROS);
        meters = Collections.unmodifiableSet(new TreeSet<>(meters));
        if (!isName(name)) {
            throw new IllegalArgumentException("not the name of a tenant: " + name);
        }
    }

    /** One of which no more is known. */
    public static Tenant named(String name, Instant createdAt) {
        return new Tenant(name, createdAt, Optional.empty(), Optional.empty(), Set.of());
    }

    public static boolean isName(String text) {
        // By hand, as all of this is asked of every event.
        int length = text.length();
        boolean is = length > 0 && length <= LONGEST_NAME && isLowerOrDigit(text.charAt(0));
        for (int i = 1; is && i < length; i++) {
            char one = text.charAt(i);
            is = isLowerOrDigit(one) || one == '_' || one == '-';
        }
        return is;
    }

    public static boolean isMeter(String text) {
        int length = text.length();
        boolean is = length > 0 && length <= LONGEST_METER;
        for (int i = 0; is && i < length; i++) {
            char one = text.charAt(i);
            is = isLowerOrDigit(one) || (one >= 'A' && one <= 'Z') || "_.:-".indexOf(one) >= 0;
        }
        return is;
    }

    private static boolean isLowerOrDigit(char one) {
        return (one >= 'a' && one <= 'z') || (one >= '0' && one <= '9');
    }
}
