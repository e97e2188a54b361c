package io.tidemark.query.period;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.regex.Pattern;

/** RFC 3339: a date, a time and an offset. */
public final class Moment {
    private static final Pattern SHAPE = Pattern.compile(
            "[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?([Zz]|[+-][0-9]{2}:[0-9]{2})");
    /** A {@code +} that was not encoded reaches us as a space, which can stand nowhere else. */
    private static final Pattern LOST_PLUS = Pattern.compile(" (?=[0-9]{2}:[0-9]{2}$)");

    /** What is said of a text that is none. */
    public static final String COMPLAINT = "must be an RFC 3339 instant with an offset, such as 2026-10-01T00:00:00Z";

    private Moment() {}

    /** Out of a URL or a flag. */
    public static Optional<Instant> parse(String text) {
        return exactly(LOST_PLUS.matcher(text).replaceFirst("+"));
    }

    /** Out of a body, where no plus is lost. */
    public static Optional<Instant> exactly(String text) {
        if (!SHAPE.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException noSuchMoment) {
            return Optional.empty();
        }
    }
}
