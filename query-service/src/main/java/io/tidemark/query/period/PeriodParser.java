package io.tidemark.query.period;

import io.tidemark.query.request.Faults;
import io.tidemark.query.request.Parameters;
import io.tidemark.streams.reading.Period;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads {@code period}, {@code from}, {@code to} and {@code timezone}.
 *
 * <p>Bounds are floored to minutes. A period that ends now ends at the end of the running minute, so that what happened
 * a second ago is in it, and begins its own length before that end: thirty days are exactly thirty days.
 */
public final class PeriodParser {
    /** The parameters it reads. */
    public static final Set<String> PARAMETERS = Set.of("period", "from", "to", "timezone");

    static final Duration DEFAULT = Duration.ofDays(30);
    static final Duration LONGEST = Duration.ofDays(36_525);

    private static final String SYNTAXES = "must be a time span (30.00:00:00), an ISO-8601 duration (P30D), a short one"
            + " (30d, 12h, 15m, 2w), a month (2026-10), a day (2026-10-05), or one of today, yesterday, this_month,"
            + " last_month";

    /** By its IANA name, which an offset does not have. */
    private static final ZoneId UTC = ZoneId.of("UTC");

    private final Clock clock;
    private final Function<String, Optional<String>> zoneOfTenant;

    /** @param zoneOfTenant the time zone of a tenant's calendar, where it has one */
    public PeriodParser(Clock clock, Function<String, Optional<String>> zoneOfTenant) {
        this.clock = clock;
        this.zoneOfTenant = zoneOfTenant;
    }

    /** Empty exactly when it added a fault. */
    public Optional<Period> parse(String tenant, Parameters parameters, Faults faults) {
        return parse(tenant, DEFAULT, parameters, faults);
    }

    /**
     * The same. Empty exactly when it added a fault.
     *
     * @param unlessGiven how long the period up to now is where none is asked for
     */
    public Optional<Period> parse(String tenant, Duration unlessGiven, Parameters parameters, Faults faults) {
        Instant now = clock.instant();
        Optional<ZoneId> zone = parameters.has("timezone")
                ? zone(parameters, faults)
                : Optional.of(zoneOfTenant.apply(tenant).flatMap(Zones::named).orElse(ZoneOffset.UTC));
        Optional<Bounds> bounds = bounds(parameters, zone.orElse(ZoneOffset.UTC), now, unlessGiven, faults);
        return zone.isEmpty() ? Optional.empty() : bounds.map(Bounds::period);
    }

    /** The zone of the calendar that a request means; UTC where what it names is a fault. */
    public ZoneId zone(String tenant, Parameters parameters) {
        return parameters
                .text("timezone")
                .or(() -> zoneOfTenant.apply(tenant))
                .flatMap(Zones::named)
                .orElse(UTC);
    }

    private static Optional<ZoneId> zone(Parameters parameters, Faults faults) {
        Optional<ZoneId> zone = parameters.text("timezone").flatMap(Zones::named);
        if (zone.isEmpty()) {
            faults.add("timezone", Zones.COMPLAINT);
        }
        return zone;
    }

    private static Optional<Bounds> bounds(
            Parameters parameters, ZoneId zone, Instant now, Duration unlessGiven, Faults faults) {
        boolean explicit = parameters.has("from") || parameters.has("to");
        if (explicit && parameters.has("period")) {
            faults.add("period", "cannot be combined with from and to");
        }
        Optional<Bounds> named = parameters.has("period") || !explicit
                ? named(parameters.text("period"), zone, now, unlessGiven, faults)
                : Optional.empty();
        Optional<Bounds> between = explicit ? between(parameters, now, faults) : Optional.empty();
        return explicit && parameters.has("period") ? Optional.empty() : named.or(() -> between);
    }

    private static Optional<Bounds> named(
            Optional<String> asked, ZoneId zone, Instant now, Duration unlessGiven, Faults faults) {
        if (asked.isEmpty()) {
            return Optional.of(Bounds.upToNow(unlessGiven, now));
        }
        String text = asked.get();
        Optional<Duration> duration = Durations.parse(text);
        if (duration.isPresent()) {
            return lasting(duration.get(), now, faults);
        }
        Optional<CalendarName> name = CalendarName.parse(text, LocalDate.ofInstant(now, zone));
        if (name.isEmpty()) {
            faults.add("period", complaint(text));
            return Optional.empty();
        }
        return existing(Bounds.of(name.get(), zone), faults);
    }

    /** Zones that changed sides of the date line skipped a day: Samoa had no 30 December 2011. */
    private static Optional<Bounds> existing(Bounds bounds, Faults faults) {
        if (bounds.from().isBefore(bounds.to())) {
            return Optional.of(bounds);
        }
        faults.add("period", "is a day that the time zone skipped");
        return Optional.empty();
    }

    private static String complaint(String text) {
        return IsoDuration.hasYearsOrMonths(text)
                ? "years and months have no fixed length: use this_month, last_month, a month such as 2026-10, or from"
                        + " and to"
                : SYNTAXES;
    }

    private static Optional<Bounds> lasting(Duration duration, Instant now, Faults faults) {
        if (duration.isZero()) {
            faults.add("period", "must be longer than zero");
        } else if (duration.compareTo(LONGEST) > 0) {
            faults.add("period", "must not be longer than 100 years");
        } else {
            return Optional.of(Bounds.upToNow(duration, now));
        }
        return Optional.empty();
    }

    private static Optional<Bounds> between(Parameters parameters, Instant now, Faults faults) {
        if (!parameters.has("from")) {
            faults.add("from", "is needed where to is given");
        }
        Optional<Instant> from = moment("from", parameters, faults);
        Optional<Instant> to = parameters.has("to")
                ? moment("to", parameters, faults).map(Bounds::floor)
                : Optional.of(Bounds.endOfMinute(now));
        return from.map(Bounds::floor).flatMap(start -> to.flatMap(end -> inOrder(start, end, faults)));
    }

    private static Optional<Instant> moment(String name, Parameters parameters, Faults faults) {
        Optional<String> text = parameters.text(name);
        Optional<Instant> moment = text.flatMap(Moment::parse);
        if (text.isPresent() && moment.isEmpty()) {
            faults.add(name, Moment.COMPLAINT);
        }
        return moment;
    }

    private static Optional<Bounds> inOrder(Instant from, Instant to, Faults faults) {
        if (!from.isBefore(to)) {
            faults.add("to", "must be later than from by a minute or more, both floored to minutes");
        } else if (Duration.between(from, to).compareTo(LONGEST) > 0) {
            faults.add("from", "must not be more than 100 years before to");
        } else {
            return Optional.of(new Bounds(from, to));
        }
        return Optional.empty();
    }
}
