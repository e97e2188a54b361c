package io.tidemark.query.load;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Everything that decides what the events of a load are.
 *
 * @param events how many, repeats not counted
 * @param duplicates share of the events that are sent again
 * @param late share of the events that lie up to {@code lateBy} before the end; the others lie within {@code spread} of it
 * @param until the end, exclusive, on a full minute
 * @param ownPrefix begins each customer's external id; absent: a prefix that no other load has
 */
public record LoadSettings(
        long seed,
        long events,
        int customers,
        double duplicates,
        double late,
        Duration lateBy,
        Duration spread,
        Skew skew,
        List<String> meters,
        Instant until,
        Optional<String> ownPrefix) {
    private static final int MARK = 8;

    public LoadSettings {
        meters = List.copyOf(meters);
        if (!until.truncatedTo(ChronoUnit.MINUTES).equals(until)) {
            throw new IllegalArgumentException("a load ends on a full minute, not at " + until);
        }
    }

    /** The first minute that an event may lie in. */
    public Instant from() {
        Duration back = late > 0 && lateBy.compareTo(spread) > 0 ? lateBy : spread;
        return until.minus(back).truncatedTo(ChronoUnit.MINUTES);
    }

    public String prefix() {
        return ownPrefix.orElseGet(() -> name() + "-");
    }

    /**
     * Another load has another name, and with it other ids: should both meet in one customer, they add up and are never
     * each other's repeats. How often events are repeated is no part of it: that changes no event.
     */
    public String name() {
        String all = List.of(events, customers, late, lateBy, spread, skew, meters, until, ownPrefix)
                .toString();
        UUID hash = UUID.nameUUIDFromBytes(all.getBytes(StandardCharsets.UTF_8));
        return "load-" + seed + "-" + hash.toString().substring(0, MARK);
    }
}
