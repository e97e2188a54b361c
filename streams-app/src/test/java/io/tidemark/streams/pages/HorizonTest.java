package io.tidemark.streams.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.streams.pages.Horizon.Span;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
class HorizonTest {
    private static final long DAY = 1_440;
    private static final Horizon HORIZON = new Horizon(200 * DAY, 100 * DAY, 0, 0);

    @Test
    void leavesASpanAloneThatEndsOnPagesStillThere() {
        assertThat(HORIZON.widen(new Span(200 * DAY, 200 * DAY + 7))).isEqualTo(new Span(200 * DAY, 200 * DAY + 7));
        assertThat(HORIZON.widen(new Span(150 * DAY + 15, 150 * DAY + 30)))
                .isEqualTo(new Span(150 * DAY + 15, 150 * DAY + 30));
        assertThat(HORIZON.widen(new Span(DAY, 2 * DAY))).isEqualTo(new Span(DAY, 2 * DAY));
        assertThat(Horizon.NONE.widen(new Span(1, 2))).isEqualTo(new Span(1, 2));
    }

    @Test
    void widensToQuarterHoursWhereMinutesAreGoneAndToDaysWhereQuartersAre() {
        assertThat(HORIZON.widen(new Span(150 * DAY + 1, 150 * DAY + 16)))
                .isEqualTo(new Span(150 * DAY, 150 * DAY + 30));
        assertThat(HORIZON.widen(new Span(50 * DAY + 15, 50 * DAY + 30))).isEqualTo(new Span(50 * DAY, 51 * DAY));
        assertThat(HORIZON.widen(new Span(99 * DAY + 1, 100 * DAY + 1))).isEqualTo(new Span(99 * DAY, 100 * DAY + 15));
        assertThat(HORIZON.widen(new Span(200 * DAY - 1, 200 * DAY + 1)))
                .isEqualTo(new Span(200 * DAY - 15, 200 * DAY + 1));
    }

    @Test
    void needsNoPageThatIsGone() {
        var random = new Random(8);
        for (int i = 0; i < 5_000; i++) {
            long from = random.nextInt((int) (300 * DAY));
            Span asked = new Span(from, from + random.nextInt((int) (50 * DAY)));
            Span span = HORIZON.widen(asked);
            assertThat(span.from()).isLessThanOrEqualTo(asked.from());
            assertThat(span.to()).isGreaterThanOrEqualTo(asked.to());
            for (Piece piece : Piece.cut(span.from(), span.to())) {
                long end = piece.granularity().start(piece.period() + 1);
                assertThat(piece.granularity() != Granularity.HOUR || end > HORIZON.hours())
                        .as("%s of %s", piece, asked)
                        .isTrue();
                assertThat(piece.granularity() != Granularity.DAY || end > HORIZON.days())
                        .as("%s of %s", piece, asked)
                        .isTrue();
            }
        }
    }

    @Test
    void isReadBackAsItWasWritten() {
        for (Horizon horizon : List.of(HORIZON, Horizon.NONE, new Horizon(1, 2, 3, 4))) {
            assertThat(Horizon.decode(horizon.encode())).isEqualTo(horizon);
        }
        assertThat(Horizon.decode(null)).isEqualTo(Horizon.NONE);
    }

    @Test
    void isTheTighterOfTwo() {
        assertThat(new Horizon(1, 20, 3, 40).and(new Horizon(10, 2, 30, 4))).isEqualTo(new Horizon(10, 20, 30, 40));
    }
}
