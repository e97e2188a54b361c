package io.tidemark.query.period;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** A number and a unit: {@code 30d}, {@code 12h}, {@code 15m}, {@code 2w}, {@code 10s}, {@code 200ms}. */
final class ShortDuration {
    private static final Pattern SHAPE = Pattern.compile("([0-9]{1,9})(w|d|h|m|s|ms)");

    private ShortDuration() {}

    static Optional<Duration> parse(String text) {
        var shape = SHAPE.matcher(text);
        if (!shape.matches()) {
            return Optional.empty();
        }
        return Optional.of(unit(shape.group(2)).multipliedBy(Long.parseLong(shape.group(1))));
    }

    private static Duration unit(String letters) {
        return switch (letters) {
            case "w" -> Duration.ofDays(7);
            case "d" -> Duration.ofDays(1);
            case "h" -> Duration.ofHours(1);
            case "m" -> Duration.ofMinutes(1);
            case "s" -> Duration.ofSeconds(1);
            default -> Duration.ofMillis(1);
        };
    }
}
