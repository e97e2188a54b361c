package io.tidemark.streams.reading;

import io.tidemark.streams.accounts.Served;
import io.tidemark.streams.hot.HotStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The copies this instance keeps of partitions that are active elsewhere (standbys): which may be answered from, and as of
 * when.
 *
 * <p>A copy applies the committed changelog in its order, in which progress comes last, as in the active store. But the
 * changelog is compacted: a copy that is far behind may meet progress whose pages are only in later records. Nothing
 * younger than {@link HotStore#UNCOMPACTED} is compacted, so a copy that has applied everything up to where the changelog
 * ended less than that ago has missed nothing. It is answered from while it is {@link #MOST_BEHIND} behind at most.
 *
 * <p>What a sample proves of the group holds for a copy once the copy has applied the changelog up to where that ended after
 * the sample: an instance writes the changelog before it commits offsets. Where the changelog ends is meant with what is not
 * committed in it: the markers of one transaction do not show in all its partitions at once, so offsets may seem committed
 * while the changelog's own part still does not.
 *
 * <p>A copy that becomes the active partition is a copy until that is whole: nothing but the rest of the changelog is added.
 */
public final class Copies {
    /**
     * A transaction that a killed instance left open holds its changelog back for 60 s and some, which is not to close our
     * copies of what it counted; the rest up to {@link HotStore#UNCOMPACTED} is for clocks that differ.
     */
    static final Duration MOST_BEHIND = Duration.ofMinutes(2);

    private final Clock clock;
    private final Served served;
    private final Map<Integer, Copy> copies = new ConcurrentHashMap<>();
    /** The newest first. */
    private volatile List<Sample> samples = List.of();

    private record Sample(Instant at, Map<Integer, Long> ends, Proven proven) {}

    /** How far a copy is. Written by the one thread that applies its changelog. */
    private static final class Copy {
        private static final long NONE = -1;

        private final long stay;
        /** Everything below is applied. */
        private volatile long position;
        /** The last record that was fetched and is not applied yet, and how far the copy is once it is. */
        private long loading = NONE;

        private long then;

        private Copy(long stay, long position) {
            this.stay = stay;
            this.position = position;
        }

        private void fetched(long last, long next) {
            if (last != NONE) {
                loading = last;
            }
            then = next;
            settle();
        }

        private void applied(long last) {
            position = Math.max(position, last + 1);
            if (last >= loading) {
                loading = NONE;
            }
            settle();
        }

        private void settle() {
            if (loading == NONE) {
                position = Math.max(position, then);
            }
        }
    }

    public Copies(Clock clock, Served served) {
        this.clock = clock;
        this.served = served;
    }

    /** A copy is kept from now on; it has everything below that offset of the changelog. */
    void began(int partition, long position) {
        copies.put(partition, new Copy(served.next(), position));
    }

    /** No copy is kept any more. */
    void ended(int partition) {
        copies.remove(partition);
    }

    /**
     * Some of the changelog was read, to be applied next.
     *
     * @param last the offset of the last record; -1 where there were only marks of transactions
     * @param next where reading goes on: behind the marks, which are in no record
     */
    void fetched(int partition, long last, long next) {
        Copy copy = copies.get(partition);
        if (copy != null) {
            copy.fetched(last, next);
        }
    }

    /** Everything read up to that offset, itself included, is applied. */
    void applied(int partition, long last) {
        Copy copy = copies.get(partition);
        if (copy != null) {
            copy.applied(last);
        }
    }

    /** The partitions that a copy is kept of. */
    Set<Integer> all() {
        return Set.copyOf(copies.keySet());
    }

    /**
     * Takes a sample.
     *
     * @param at when it was begun
     * @param ends by partition, where the changelog ended after the group was asked; not every partition needs one
     * @param proven of what the group had committed
     */
    synchronized void sampled(Instant at, Map<Integer, Long> ends, Proven proven) {
        var kept = new ArrayList<Sample>();
        kept.add(new Sample(at, Map.copyOf(ends), proven));
        samples.stream().filter(one -> isNear(one, at)).forEach(kept::add);
        samples = List.copyOf(kept);
    }

    private static boolean isNear(Sample sample, Instant now) {
        return !sample.at().isBefore(now.minus(MOST_BEHIND));
    }

    /** Which stay of our copy this is, or {@link Served#NOT} where it must not be answered from. */
    long stay(int partition) {
        Copy copy = copies.get(partition);
        return copy != null && reached(partition, copy).isPresent() ? copy.stay : Served.NOT;
    }

    /** What is proven of our copy of a partition. */
    Proven proven(int partition) {
        Copy copy = copies.get(partition);
        return copy == null
                ? Proven.NOTHING
                : reached(partition, copy).map(Sample::proven).orElse(Proven.NOTHING);
    }

    /** The newest sample that a copy holds all of; none where that is too long ago. */
    private Optional<Sample> reached(int partition, Copy copy) {
        if (served.isOver(partition, copy.stay)) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        long position = copy.position;
        return samples.stream()
                .filter(one -> isNear(one, now))
                .filter(one -> one.ends().getOrDefault(partition, Long.MAX_VALUE) <= position)
                .findFirst();
    }
}
