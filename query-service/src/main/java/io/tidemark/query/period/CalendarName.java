package io.tidemark.query.period;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Days and months of the calendar, by name or number. Which instants they begin and end at is the zone's matter: a day
 * may have 23 or 25 hours.
 *
 * @param first the first day
 * @param end the day after the last
 */
record CalendarName(LocalDate first, LocalDate end) {
    private static final Pattern MONTH = Pattern.compile("[0-9]{4}-[0-9]{2}");
    private static final Pattern DAY = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");

    static Optional<CalendarName> parse(String text, LocalDate today) {
        return switch (text) {
            case "today" -> Optional.of(day(today));
            case "yesterday" -> Optional.of(day(today.minusDays(1)));
            case "this_month" -> Optional.of(month(YearMonth.from(today)));
            case "last_month" -> Optional.of(month(YearMonth.from(today).minusMonths(1)));
            default -> numbered(text);
        };
    }

    private static Optional<CalendarName> numbered(String text) {
        try {
            if (MONTH.matcher(text).matches()) {
                return Optional.of(month(YearMonth.parse(text)));
            }
            return DAY.matcher(text).matches() ? Optional.of(day(LocalDate.parse(text))) : Optional.empty();
        } catch (DateTimeException noSuchDate) {
            return Optional.empty();
        }
    }

    private static CalendarName day(LocalDate day) {
        return new CalendarName(day, day.plusDays(1));
    }

    private static CalendarName month(YearMonth month) {
        return new CalendarName(month.atDay(1), month.plusMonths(1).atDay(1));
    }
}
