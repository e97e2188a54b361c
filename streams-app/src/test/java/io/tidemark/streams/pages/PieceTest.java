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

    private static void covers(long from, long to, long seed) {
        var covered = new BitSet();
        for (Piece piece : Piece.cut(from, to)) {
            Granularity granularity = piece.granularity();
            assertThat(piece.fromSlot()).as("seed %d", seed).isBetween(0, piece.toSlot() - 1);
            assertThat(piece.toSlot()).isLessThanOrEqualTo(granularity.slots());
            int minutes = GranularityTest.minutesOfSlot(granularity);
            long first = granularity.start(piece.period()) + (long) piece.fromSlot() * minutes;
            long end = granularity.start(piece.period()) + (long) piece.toSlot() * minutes;
            assertThat(first).as("seed %d", seed).isGreaterThanOrEqualTo(from);
            assertThat(end).as("seed %d", seed).isLessThanOrEqualTo(to);
            assertThat(end).isLessThanOrEqualTo(granularity.start(piece.period() + 1));
            for (long minute = first; minute < end; minute++) {
                int at = (int) (minute - from);
                assertThat(covered.get(at))
                        .as("seed %d, minute %d twice", seed, minute)
                        .isFalse();
                covered.set(at);
            }
        }
        assertThat(covered.cardinality()).as("seed %d", seed).isEqualTo((int) Math.max(0, to - from));
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
