package io.tidemark.streams.rejections;

import io.tidemark.streams.event.Coordinates;
import io.tidemark.streams.event.Origin;
import io.tidemark.streams.event.Source;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Names one rejection: where its record was first appended, and when. In order the newest comes first.
 *
 * @param appendedAt broker time, UTC milliseconds since 1970-01-01: a topic that was made anew has other records at the same places
 */
public record RejectionId(Coordinates at, long appendedAt) implements Comparable<RejectionId> {
    /** As keys sort. */
    private static final Comparator<RejectionId> NEWEST_FIRST = Comparator.comparingLong(RejectionId::appendedAt)
            .reversed()
            .thenComparing(id -> id.at().topic().code())
            .thenComparing(id -> id.at().partition())
            .thenComparing(id -> -id.at().offset());

    /** The end of the year 9999. */
    private static final long LATEST_MILLIS = 253_402_300_799_999L;

    private static final Pattern TEXT =
            Pattern.compile("(requests|usage|rekey)-([0-9]{1,9})-([0-9]{1,18})-([0-9]{1,15})");

    /** Whoever may write to {@code rekey} may write any time there, and keys hold no others. */
    static RejectionId of(Origin origin) {
        long appendedAt = Math.min(Math.max(0, origin.appendedAt()), LATEST_MILLIS);
        return new RejectionId(new Coordinates(origin.topic(), origin.partition(), origin.offset()), appendedAt);
    }

    /** As it is told, such as {@code requests-3-17-1790000000000}. */
    public String text() {
        return at.topic().name().toLowerCase(Locale.ROOT) + "-" + at.partition() + "-" + at.offset() + "-" + appendedAt;
    }

    /** What {@link #text} wrote; empty for any other text. */
    public static Optional<RejectionId> parse(@Nullable String text) {
        Matcher parts = TEXT.matcher(text == null ? "" : text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        var at = new Coordinates(
                Source.valueOf(parts.group(1).toUpperCase(Locale.ROOT)),
                Integer.parseInt(parts.group(2)),
                Long.parseLong(parts.group(3)));
        return Optional.of(new RejectionId(at, Long.parseLong(parts.group(4))));
    }

    @Override
    public int compareTo(RejectionId other) {
        return NEWEST_FIRST.compare(this, other);
    }
}
