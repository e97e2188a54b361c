package io.tidemark.streams.recount;

import java.time.Instant;
import java.util.Optional;

/**
 * Whose usage is counted again, and of which time.
 *
 * @param customer an external id; empty: all customers
 * @param from the first minute
 * @param to the minute behind the last
 */
public record RecountQuestion(String tenant, Optional<String> customer, Instant from, Instant to) {
    private static final long SECONDS_OF_MINUTE = 60;

    public RecountQuestion {
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("nothing lies between " + from + " and " + to);
        }
        if (!isMinute(from) || !isMinute(to)) {
            throw new IllegalArgumentException("not on minutes: " + from + ", " + to);
        }
    }

    private static boolean isMinute(Instant instant) {
        return instant.getEpochSecond() % SECONDS_OF_MINUTE == 0 && instant.getNano() == 0;
    }

    /** The same of a shorter time. */
    RecountQuestion from(Instant later) {
        return new RecountQuestion(tenant, customer, later, to);
    }

    boolean isOf(String ofTenant, String ofCustomer) {
        return tenant.equals(ofTenant) && customer.map(ofCustomer::equals).orElse(true);
    }

    long fromMinute() {
        return minute(from);
    }

    long toMinute() {
        return minute(to);
    }

    static long minute(Instant instant) {
        return Math.floorDiv(instant.getEpochSecond(), SECONDS_OF_MINUTE);
    }

    static Instant instant(long minute) {
        return Instant.ofEpochSecond(Math.multiplyExact(minute, SECONDS_OF_MINUTE));
    }
}
