package io.tidemark.query.usage;

import io.tidemark.query.period.PeriodParser;
import io.tidemark.query.period.Window;
import io.tidemark.query.request.Faults;
import io.tidemark.query.request.Parameters;
import io.tidemark.streams.reading.Period;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** Reads into which windows a period is to be cut. */
final class SeriesParser {
    static final String WINDOW = "window";

    private final PeriodParser periods;

    SeriesParser(PeriodParser periods) {
        this.periods = periods;
    }

    /** Empty where it was not asked for, or where it added a fault. */
    Optional<SeriesAsked> parse(String tenant, Optional<Period> period, Parameters parameters, Faults faults) {
        Optional<Window> window = parameters.text(WINDOW).flatMap(Window::named);
        if (parameters.has(WINDOW) && window.isEmpty()) {
            faults.add(WINDOW, Window.COMPLAINT);
        }
        ZoneId zone = periods.zone(tenant, parameters);
        return period.flatMap(whole -> window.flatMap(one -> {
            Optional<List<Instant>> bounds = one.bounds(whole, zone);
            if (bounds.isEmpty()) {
                faults.add(
                        WINDOW,
                        "cuts the period into more than " + Window.MOST
                                + " windows: take longer ones or a shorter period");
            }
            return bounds.map(all -> new SeriesAsked(Optional.of(one), zone, all));
        }));
    }
}
