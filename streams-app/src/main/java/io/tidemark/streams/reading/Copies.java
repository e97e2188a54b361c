package io.tidemark.streams.reading;

import io.tidemark.streams.accounts.Served;
import io.tidemark.streams.hot.HotStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
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
 * <p>A copy that becomes the active partition is a copy until it counts: only the rest of the changelog is added.
 */
public final class Copies {
    /**
     * A transaction that a killed instance left open holds its changelog back until it is ended, for 40 s where nobody does, which is not
     * to close our copies of what it counted; the rest up to {@link HotStore#UNCOMPACTED} is for clocks that differ.
     */
    static final Duration MOST_BEHIND = Duration.ofMinutes(2);

    private final Clock clock;
    private final Served served;
    private final Map<Integer, Applied> copies = new ConcurrentHashMap<>();
    /** The newest first. */
    private volatile List<Sample> samples = List.of();

    /** Of copies that became active partitions. */
    private final Map<Integer, Last> last = new ConcurrentHashMap<>();

    private record Last(long stay, Proven proven) {}

    /** @param turn when it was taken, among the stays of partitions */
    private record Sample(Instant at, long turn, Map<Integer, Long> ends, Proven proven) {}

    public Copies(Clock clock, Served served) {
        this.clock = clock;
        this.served = served;
    }

    /** A copy is kept from now on; it has everything below that offset of the changelog. */
    void began(int partition, long position) {
        copies.put(partition, new Applied(served.next(), position));
    }

    /** No copy is kept any more. */
    void ended(int partition) {
        copies.remove(partition);
    }

    /** As of {@link Applied#fetched}; nothing where no copy is kept. */
    void fetched(int partition, long last, long next) {
        Applied copy = copies.get(partition);
        if (copy != null) {
            copy.fetched(last, next);
        }
    }

    /** As of {@link Applied#applied}; nothing where no copy is kept. */
    void applied(int partition, long last) {
        Applied copy = copies.get(partition);
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
        copies.forEach((partition, copy) -> {
            if (served.isOver(partition, copy.stay())) {
                last.put(partition, new Last(copy.stay(), became(partition)));
                copies.remove(partition, copy);
            }
        });
        var kept = new ArrayList<Sample>();
        kept.add(new Sample(at, served.next(), Map.copyOf(ends), proven));
        samples.stream().filter(one -> isNear(one, at)).forEach(kept::add);
        samples = List.copyOf(kept);
    }

    private static boolean isNear(Sample sample, Instant now) {
        return !sample.at().isBefore(now.minus(MOST_BEHIND));
    }

    /** Which stay of our copy this is, or {@link Served#NOT} where it must not be answered from. */
    long stay(int partition) {
        Applied copy = copies.get(partition);
        return copy != null && reached(partition, copy).isPresent() ? copy.stay() : Served.NOT;
    }

    /** The partitions whose copy may be answered from, and the sample that each holds all of. */
    public Map<Integer, Instant> answerable() {
        var answerable = new HashMap<Integer, Instant>();
        copies.forEach((partition, copy) -> {
            if (served.stay(partition) == Served.NOT) {
                reached(partition, copy).ifPresent(sample -> answerable.put(partition, sample.at()));
            }
        });
        return answerable;
    }

    /** Whether there is a copy that may be answered from. */
    public boolean isAnyAnswerable() {
        return copies.keySet().stream().anyMatch(this::isAnswerable);
    }

    /** Whether a copy of the partition may be answered from. */
    public boolean isAnswerable(int partition) {
        return stay(partition) != Served.NOT;
    }

    /** What is proven of our copy of a partition. */
    Proven proven(int partition) {
        Applied copy = copies.get(partition);
        return copy == null
                ? Proven.NOTHING
                : reached(partition, copy).map(Sample::proven).orElse(Proven.NOTHING);
    }

    /**
     * What was proven of our copy when it became the active partition: nothing was taken away from it since. It has read all that the changelog
     * had when that began, so also what any sample taken before that told; none taken later will do, as others may have counted meanwhile.
     */
    Proven became(int partition) {
        Applied copy = copies.get(partition);
        if (copy != null && !served.wasOpened(partition, copy.stay())) {
            return newest(partition, copy)
                    .or(() -> before(copy.stay()))
                    .map(Sample::proven)
                    .orElse(Proven.NOTHING);
        }
        Last before = last.get(partition);
        return before == null || served.wasOpened(partition, before.stay()) ? Proven.NOTHING : before.proven();
    }

    /** The newest sample that a copy holds all of; none where that is too long ago, or where it is no copy any more. */
    private Optional<Sample> reached(int partition, Applied copy) {
        return served.isOver(partition, copy.stay()) ? Optional.empty() : newest(partition, copy);
    }

    private Optional<Sample> before(long stay) {
        return samples.stream().filter(one -> one.turn() < stay).findFirst();
    }

    private Optional<Sample> newest(int partition, Applied copy) {
        Instant now = clock.instant();
        long position = copy.position();
        return samples.stream()
                .filter(one -> isNear(one, now))
                .filter(one -> one.ends().getOrDefault(partition, Long.MAX_VALUE) <= position)
                .findFirst();
    }
}
