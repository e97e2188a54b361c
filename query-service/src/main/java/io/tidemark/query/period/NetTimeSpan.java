package io.tidemark.query.period;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** .NET's constant format of a time span: {@code [d.]hh:mm:ss[.fffffff]}. */
final class NetTimeSpan {
    private static final Pattern SHAPE = Pattern.compile(
            "(?:(?<days>[0-9]{1,8})\\.)?(?<hours>[0-9]{2}):(?<minutes>[0-9]{2}):(?<seconds>[0-9]{2})(?:\\.(?<fraction>[0-9]{1,7}))?");

    private NetTimeSpan() {}

    static Optional<Duration> parse(String text) {
        Matcher span = SHAPE.matcher(text);
        if (!span.matches() || part(span, "hours") > 23 || part(span, "minutes") > 59 || part(span, "seconds") > 59) {
            return Optional.empty();
        }
        return Optional.of(Duration.ofDays(part(span, "days"))
                .plusHours(part(span, "hours"))
                .plusMinutes(part(span, "minutes"))
                .plusSeconds(part(span, "seconds"))
                .plusNanos(nanos(span.group("fraction"))));
    }

    private static long nanos(@Nullable String fraction) {
        return fraction == null ? 0 : Long.parseLong((fraction + "00000000").substring(0, 9));
    }

    private static long part(Matcher span, String name) {
        String digits = span.group(name);
        return digits == null ? 0 : Long.parseLong(digits);
    }
}
