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

    private Moment() {}

    public static Optional<Instant> parse(String text) {
        String whole = LOST_PLUS.matcher(text).replaceFirst("+");
        if (!SHAPE.matcher(whole).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(OffsetDateTime.parse(whole).toInstant());
        } catch (DateTimeException noSuchMoment) {
            return Optional.empty();
        }
    }
}
