package io.tidemark.streams.reading;

import io.tidemark.streams.event.Coordinates;
import io.tidemark.streams.event.Progress;
import io.tidemark.streams.event.Source;
import io.tidemark.streams.hot.BytesIn;
import io.tidemark.streams.hot.BytesOut;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A set of source partitions with the last offset of each that is meant: what a read contains, or what a write needs.
 *
 * <p>As a token: base64url of layout 1 and, for each, source, partition and offset.
 */
public record Position(List<Coordinates> parts) {
    private static final byte LAYOUT = 1;
    private static final int LONGEST = 64 * 1024;

    public Position {
        parts = List.copyOf(parts);
    }

    /** What the progress of some source partitions contains. */
    public static Position of(List<Progress> progress) {
        return new Position(progress.stream()
                .filter(one -> one.settledUpTo() >= 0)
                .map(one -> new Coordinates(one.source(), one.partition(), one.settledUpTo()))
                .toList());
    }

    /** What all of these contain; none of them says anything of another's partitions. */
    public static Position ofAll(List<Position> some) {
        return new Position(some.stream().flatMap(one -> one.parts.stream()).toList());
    }

    /** Up to a record of {@code customers}. */
    public static Position ofCustomers(int partition, long offset) {
        return new Position(List.of(new Coordinates(Source.CUSTOMERS, partition, offset)));
    }

    /** The last offset of that partition of {@code customers} that is meant; -1 where none is. */
    public long ofCustomers(int partition) {
        return parts.stream()
                .filter(part -> part.topic() == Source.CUSTOMERS && part.partition() == partition)
                .mapToLong(Coordinates::offset)
                .max()
                .orElse(-1);
    }

    public String token() {
        var out = new BytesOut().raw(LAYOUT);
        for (Coordinates part : parts) {
            out.raw(part.topic().code()).number(part.partition()).number(part.offset());
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(out.toBytes());
    }

    /** What a token means; empty when it is none of ours. */
    public static Optional<Position> parse(String token) {
        if (token.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            var in = new BytesIn(Base64.getUrlDecoder().decode(token)).version(LAYOUT);
            var parts = new ArrayList<Coordinates>();
            while (!in.atEnd()) {
                parts.add(new Coordinates(Source.of(in.raw()), Math.toIntExact(in.number()), in.number()));
            }
            return Optional.of(new Position(parts));
        } catch (IllegalArgumentException | IllegalStateException | ArithmeticException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    /** Whether an answer contains what this says of events in some partitions, but for those it says are missing. */
    boolean isWithin(Freshness answer, int[] partitions) {
        Set<Integer> told = Arrays.stream(partitions).boxed().collect(Collectors.toSet());
        told.removeAll(answer.missingPartitions());
        Map<Place, Long> has = parse(answer.position()).map(Position::furthest).orElse(Map.of());
        return parts.stream()
                .filter(part -> part.topic() != Source.CUSTOMERS && told.contains(part.partition()))
                .allMatch(part -> {
                    Long offset = has.get(Place.of(part));
                    return offset != null && offset >= part.offset();
                });
    }

    private Map<Place, Long> furthest() {
        return parts.stream().collect(Collectors.toMap(Place::of, Coordinates::offset, Math::max));
    }

    private record Place(Source topic, int partition) {
        static Place of(Coordinates part) {
            return new Place(part.topic(), part.partition());
        }
    }

    /** Whether it says anything of a partition. */
    public boolean names(int partition) {
        return parts.stream().anyMatch(part -> part.partition() == partition);
    }

    /** Whether that progress contains everything of this position that lies in its partitions. */
    public boolean isContainedIn(List<Progress> progress) {
        return progress.stream().allMatch(this::isContainedIn);
    }

    private boolean isContainedIn(Progress progress) {
        return parts.stream()
                .filter(part -> part.topic() == progress.source() && part.partition() == progress.partition())
                .allMatch(part -> part.offset() <= progress.settledUpTo());
    }
}
