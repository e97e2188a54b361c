package io.tidemark.streams.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
class PieceTest {
    private static final long BEGIN = 29_000_000;

    @Test
    void coverASpanExactlyAndNoMinuteTwice() {
        for (long seed = 1; seed <= 400; seed++) {
            var random = new Random(seed);
            long from = BEGIN + random.nextInt(3_000_000);
            long to = from + length(random);
            if (random.nextInt(4) == 0) {
                from -= from % 15;
            }
            if (random.nextInt(4) == 0) {
                to -= to % 1_440;
            }
            covers(from, to, seed);
        }
    }

    private static int length(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> random.nextInt(20);
            case 1 -> random.nextInt(1_500);
            case 2 -> random.nextInt(50_000);
            default -> random.nextInt(600_000);
        };
    }

    /** What each takes of its page: whole slots, and the parts of others that pages below do not take. */
    private static void covers(long from, long to, long seed) {
        var covered = new BitSet();
        List<Piece> pieces = Piece.cut(from, to);
        for (int number = 0; number < pieces.size(); number++) {
            Piece piece = pieces.get(number);
            Granularity granularity = piece.granularity();
            long start = granularity.start(piece.period());
            assertThat(start + piece.from()).as("seed %d", seed).isGreaterThanOrEqualTo(from);
            assertThat(start + piece.to()).as("seed %d", seed).isLessThanOrEqualTo(to);
            assertThat(piece.to()).isGreaterThan(piece.from());
            assertThat(start + piece.to()).isLessThanOrEqualTo(granularity.start(piece.period() + 1));
            int length = GranularityTest.minutesOfSlot(granularity);
            for (int slot = 0; slot < granularity.slots(); slot++) {
                if (slot * length >= piece.from() && (slot + 1) * length <= piece.to()) {
                    cover(covered, start + (long) slot * length - from, length, seed);
                } else {
                    isLeftToOneBelow(pieces, number, slot, length, seed);
                }
            }
        }
        assertThat(covered.cardinality()).as("seed %d", seed).isEqualTo((int) Math.max(0, to - from));
    }

    private static void cover(BitSet covered, long at, int length, long seed) {
        assertThat(covered.get((int) at, (int) at + length).isEmpty())
                .as("seed %d, minute %d twice", seed, at)
                .isTrue();
        covered.set((int) at, (int) at + length);
    }

    private static void isLeftToOneBelow(List<Piece> pieces, int number, int slot, int length, long seed) {
        Piece piece = pieces.get(number);
        int from = Math.max(piece.from(), slot * length);
        int to = Math.min(piece.to(), (slot + 1) * length);
        List<Piece> below = pieces.stream()
                .filter(one -> one.above() == number && one.slotAbove() == slot)
                .toList();
        if (from >= to) {
            assertThat(below).isEmpty();
            return;
        }
        long start = piece.granularity().start(piece.period());
        assertThat(below).as("seed %d", seed).singleElement().satisfies(one -> {
            long its = one.granularity().start(one.period());
            assertThat(its + one.from()).isEqualTo(start + from);
            assertThat(its + one.to()).isEqualTo(start + to);
            assertThat(pieces.indexOf(one)).as("the coarsest first").isGreaterThan(number);
        });
    }

    @Test
    void areFewForThirtyDaysToTheMinute() {
        var random = new Random(2);
        for (int i = 0; i < 5_000; i++) {
            long from = BEGIN + random.nextInt(3_000_000);
            assertThat(Piece.cut(from, from + 30 * 1_440)).hasSizeLessThanOrEqualTo(7);
        }
    }

    @Test
    void areOnlyWholeMonthsForAYear() {
        long january = java.time.LocalDate.of(2026, 1, 1).toEpochDay() * 1_440;
        long next = java.time.LocalDate.of(2027, 1, 1).toEpochDay() * 1_440;
        List<Piece> pieces = Piece.cut(january, next);
        assertThat(pieces).hasSize(12).allMatch(piece -> piece.granularity() == Granularity.MONTH);
    }

    @Test
    void areNoneForNothing() {
        assertThat(Piece.cut(BEGIN, BEGIN)).isEmpty();
        assertThat(Piece.cut(BEGIN, BEGIN - 1)).isEmpty();
    }
}
