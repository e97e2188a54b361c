package io.tidemark.streams.pages;

import io.tidemark.streams.accounts.StoredProgress;
import io.tidemark.streams.hot.HotReads;
import io.tidemark.streams.reading.Proven;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * Whether a partition's pages hold as many events as were counted, no more and no fewer.
 *
 * <p>Pages are written before the progress that speaks of them, so they hold at least what progress said before they were read. And they hold
 * at most what it says later, once that has caught up with the time at which they were read: either all that was appended until then is
 * committed, or one more commit has ended since. Where nothing was counted in between, the two bounds are one number.
 */
public final class Conservation {
    /** Longer than it takes to hear that a partition is current: three looks at Kafka, where events come by {@code rekey}. */
    public static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final int TRIES = 3;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    private final HotReads reads;
    private final StoredProgress progress;
    private final IntFunction<Proven> proven;
    private final Clock clock;
    private final Duration patience;

    /**
     * @param proven what is known of a partition's freshness, before it is read
     * @param patience how long progress may take to catch up with the pages that were read
     */
    public Conservation(
            HotReads reads, StoredProgress progress, IntFunction<Proven> proven, Clock clock, Duration patience) {
        this.reads = reads;
        this.progress = progress;
        this.proven = proven;
        this.clock = clock;
        this.patience = patience;
    }

    /** What was found. */
    public sealed interface Found {}

    /** As many. */
    public record Agrees(long counted) implements Found {}

    /** More, or fewer. */
    public record Differs(long counted, long inPages) implements Found {}

    /** It is counted too fast, or does not move although it should. */
    public record CannotTell() implements Found {}

    /**
     * Looks once, and again where there is a difference.
     *
     * @throws HotReads.NotServed when the partition cannot be read here now
     */
    public Found look(int partition) {
        Found found = new CannotTell();
        for (int left = TRIES; left > 0; left--) {
            found = once(partition);
            if (!(found instanceof Differs)) {
                return found;
            }
        }
        return found;
    }

    private Found once(int partition) {
        Outset before = Outset.of(reads, progress, proven, partition);
        long atLeast = progress.everCounted(partition);
        long inPages = new CountedInPages(reads).of(partition);
        Optional<Outset> later = caughtUp(partition, clock.instant());
        if (later.isEmpty() || !later.get().isOfTheSameStore(before)) {
            return new CannotTell();
        }
        long atMost = progress.everCounted(partition);
        if (inPages < atLeast) {
            return new Differs(atLeast, inPages);
        } else if (inPages > atMost) {
            return new Differs(atMost, inPages);
        }
        return atLeast == atMost ? new Agrees(inPages) : new CannotTell();
    }

    /** How the partition is once progress has all that was in pages at that instant. */
    private Optional<Outset> caughtUp(int partition, Instant read) {
        long end = System.nanoTime() + patience.toNanos();
        Outset first = Outset.of(reads, progress, proven, partition);
        for (Outset now = first; ; now = Outset.of(reads, progress, proven, partition)) {
            if (!now.asOf().isBefore(read)) {
                return Optional.of(now);
            } else if (now.turns() != first.turns()) {
                // One source after the other: the last of them a moment later.
                return pause() ? Optional.of(Outset.of(reads, progress, proven, partition)) : Optional.empty();
            } else if (System.nanoTime() - end >= 0 || !pause()) {
                return Optional.empty();
            }
        }
    }

    /** False when it was interrupted. */
    private static boolean pause() {
        try {
            Thread.sleep(BETWEEN_LOOKS.toMillis());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
