package io.tidemark.query.period;

import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;

/** The time zones that are taken: by their IANA names, no bare offsets. */
public final class Zones {
    /** What is said of a text that names none. */
    public static final String COMPLAINT = "must be an IANA time zone such as Europe/Berlin";

    private static final Set<String> NAMES = Set.copyOf(ZoneId.getAvailableZoneIds());

    private Zones() {}

    public static Optional<ZoneId> named(String text) {
        return NAMES.contains(text) ? Optional.of(ZoneId.of(text)) : Optional.empty();
    }
}
