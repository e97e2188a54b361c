package io.tidemark.streams.pages;

import io.tidemark.streams.event.Amounts;
import io.tidemark.streams.event.Series;
import io.tidemark.streams.pages.CustomerReader.PageSeen;
import io.tidemark.streams.reading.Explanation.Beyond;
import io.tidemark.streams.reading.Explanation.Events;
import io.tidemark.streams.reading.Explanation.Slots;
import io.tidemark.streams.reading.Explanation.UsedPage;
import io.tidemark.streams.reading.Sums;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Notes which pages a total is made of, each with sums of its own: so that they add up to the total is seen, not assumed. */
final class PagesUsed implements PageSeen {
    /** Bounds the answer: whoever has more of them sees the sums of the rest. */
    static final int MOST = 1_000;

    private final List<UsedPage> pages = new ArrayList<>();
    private Beyond beyond = Beyond.NOTHING;

    @Override
    public void page(Series series, Piece piece, byte[] stored) {
        Amounts amounts = Amounts.of(series.kind());
        piece.sum(stored, amounts);
        Sums sums = SeriesSums.of(series, amounts);
        if (pages.size() < MOST) {
            pages.add(page(series, piece, stored, sums));
        } else {
            beyond = new Beyond(beyond.pages() + 1, beyond.sums().plus(sums));
        }
    }

    List<UsedPage> listed() {
        return pages;
    }

    Beyond beyond() {
        return beyond;
    }

    private static UsedPage page(Series series, Piece piece, byte[] stored, Sums sums) {
        Granularity granularity = piece.granularity();
        int present = Page.present(stored, granularity)
                .get(piece.fromSlot(), piece.toSlot())
                .cardinality();
        var whole = new Horizon.Span(granularity.start(piece.period()), granularity.start(piece.period() + 1));
        return new UsedPage(
                granularity.name().toLowerCase(Locale.ROOT),
                Minutes.period(whole),
                new Slots(piece.fromSlot(), piece.toSlot(), present),
                series.kind(),
                series.meter(),
                series.currency(),
                sums,
                events(Page.arrivals(stored, granularity)));
    }

    private static Events events(Arrivals arrivals) {
        return new Events(
                Optional.of(arrivals.newest()).filter(seconds -> seconds > 0).map(Instant::ofEpochSecond),
                known(arrivals.late()),
                known(arrivals.corrected()));
    }

    private static Optional<Long> known(long count) {
        return count == Arrivals.UNKNOWN ? Optional.empty() : Optional.of(count);
    }
}
