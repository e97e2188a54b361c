package io.tidemark.query.period;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** ISO-8601: {@code P30D}, {@code PT12H}, {@code P1DT12H}, {@code P2W}. */
final class IsoDuration {
    private static final Pattern WEEKS = Pattern.compile("P([0-9]{1,8})W");
    private static final Pattern SHAPE = Pattern.compile(
            "P(?:[0-9]{1,8}D)?(?:T(?=[0-9])(?:[0-9]{1,9}H)?(?:[0-9]{1,9}M)?(?:[0-9]{1,9}(?:\\.[0-9]{1,9})?S)?)?");
    private static final Pattern YEARS_OR_MONTHS = Pattern.compile("P[^T]*[YM].*");

    private IsoDuration() {}

    static Optional<Duration> parse(String text) {
        var weeks = WEEKS.matcher(text);
        if (weeks.matches()) {
            return Optional.of(Duration.ofDays(7 * Long.parseLong(weeks.group(1))));
        }
        boolean saysSomething = text.length() > 1;
        return saysSomething && SHAPE.matcher(text).matches() ? Optional.of(Duration.parse(text)) : Optional.empty();
    }

    /** A year and a month have no fixed length, so they make no duration. */
    static boolean hasYearsOrMonths(String text) {
        return YEARS_OR_MONTHS.matcher(text).matches();
    }
}
