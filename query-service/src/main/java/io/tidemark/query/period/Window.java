package io.tidemark.query.period;

import io.tidemark.streams.reading.Period;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a period is cut into windows by a zone's calendar. Days, weeks (from Monday on, ISO 8601) and months begin when their first day does in
 * that zone, so that a day has 23 or 25 hours where clocks are changed. Hours and quarter hours begin where the clock shows a full one, and
 * where clocks are changed.
 */
public enum Window {
    MINUTE("minute", 1),
    QUARTER_HOUR("15m", 15),
    HOUR("hour", 60),
    DAY("day", 0) {
        @Override
        LocalDate behind(LocalDate day) {
            return day.plusDays(1);
        }
    },
    WEEK("week", 0) {
        @Override
        LocalDate behind(LocalDate day) {
            return day.with(TemporalAdjusters.next(DayOfWeek.MONDAY));
        }
    },
    MONTH("month", 0) {
        @Override
        LocalDate behind(LocalDate day) {
            return day.with(TemporalAdjusters.firstDayOfNextMonth());
        }
    };

    /** What an answer may have at most. */
    public static final int MOST = 3_000;

    /** What is said of a text that names none. */
    public static final String COMPLAINT = "must be minute, 15m, hour, day, week or month";

    private final String label;
    private final int minutes;

    Window(String label, int minutes) {
        this.label = label;
        this.minutes = minutes;
    }

    /** The name in parameters and answers. */
    public String label() {
        return label;
    }

    public static Optional<Window> named(String text) {
        for (Window window : values()) {
            if (window.label.equals(text)) {
                return Optional.of(window);
            }
        }
        return Optional.empty();
    }

    /**
     * Where each window of a period begins, and where the last one ends: the first and the last are cut to the period.
     *
     * @return empty where there would be more than {@link #MOST} windows
     */
    public Optional<List<Instant>> bounds(Period period, ZoneId zone) {
        var bounds = new ArrayList<Instant>();
        bounds.add(period.from());
        Instant at = period.from();
        while (true) {
            at = behind(at, zone);
            if (!at.isBefore(period.to())) {
                bounds.add(period.to());
                return Optional.of(bounds);
            }
            bounds.add(at);
            if (bounds.size() > MOST) {
                return Optional.empty();
            }
        }
    }

    /** Where the window ends that an instant is in, on a minute: some zones were off it before 1973. */
    private Instant behind(Instant at, ZoneId zone) {
        Instant end = minutes > 0
                ? behindByClock(at, zone)
                : behind(LocalDate.ofInstant(at, zone)).atStartOfDay(zone).toInstant();
        Instant floored = Bounds.floor(end);
        return floored.isAfter(at) ? floored : floored.plus(1, ChronoUnit.MINUTES);
    }

    private Instant behindByClock(Instant at, ZoneId zone) {
        ZoneOffset offset = zone.getRules().getOffset(at);
        LocalDateTime here = LocalDateTime.ofInstant(at, offset);
        LocalDateTime begun =
                here.truncatedTo(ChronoUnit.HOURS).plusMinutes((long) here.getMinute() / minutes * minutes);
        Instant end = begun.plus(Duration.ofMinutes(minutes)).toInstant(offset);
        ZoneOffsetTransition change = zone.getRules().nextTransition(at);
        return change != null && change.getInstant().isBefore(end) ? change.getInstant() : end;
    }

    /** The first day that is not in the window that a day is in. */
    LocalDate behind(LocalDate day) {
        throw new IllegalStateException(label + " is no number of days: " + day);
    }
}
