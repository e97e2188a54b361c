package io.tidemark.query.usage;

import io.tidemark.query.period.Window;
import io.tidemark.streams.reading.Period;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * A period, cut into windows.
 *
 * @param window empty: the whole period is one
 */
record SeriesAsked(Optional<Window> window, ZoneId zone, List<Instant> bounds) {

    static SeriesAsked whole(Period period, ZoneId zone) {
        return new SeriesAsked(Optional.empty(), zone, List.of(period.from(), period.to()));
    }
}
