package io.tidemark.benchmarks.contestants;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.tidemark.benchmarks.course.Counted;
import io.tidemark.benchmarks.course.Course;
import io.tidemark.benchmarks.course.Tally;
import io.tidemark.streams.MeteringApp;
import io.tidemark.streams.reading.Answer;
import io.tidemark.streams.reading.ByCustomerQuery;
import io.tidemark.streams.reading.ByCustomerQuery.SortBy;
import io.tidemark.streams.reading.HeldUsage.PartQuestion;
import io.tidemark.streams.reading.Part;
import io.tidemark.streams.reading.PartAsked;
import io.tidemark.streams.reading.Period;
import io.tidemark.streams.reading.Sums;
import io.tidemark.streams.reading.UsageByCustomer;
import io.tidemark.streams.reading.UsageSeries;
import io.tidemark.streams.reading.Wait;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What Tidemark answers, asked so that no coarser level of pages can answer: whole days come out of month pages; half days out of those and of day pages; and a quarter of
 * an hour across a quarter's bound out of all three.
 */
final class ShippedTotals {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
    private static final int MOST_LOOKS = 300;
    private static final int SCALE = 9;
    private static final ByCustomerQuery ALL = new ByCustomerQuery(
            Optional.of(SortBy.EXTERNAL_ID), false, Optional.empty(), Optional.empty(), true, 1, Optional.empty());

    /** Minutes of an hour at which questions for its page begin and end: none has a whole quarter of an hour within. */
    private static final List<Integer> ACROSS = List.of(8, 22, 37, 52);

    private static final int MOST_WINDOWS = 100;

    private final MeteringApp app;
    private final MeterRegistry metrics;
    private final Course course;
    private final Set<Integer> partitions;

    ShippedTotals(MeteringApp app, MeterRegistry metrics, Course course) {
        this.app = app;
        this.metrics = metrics;
        this.course = course;
        partitions = IntStream.range(0, course.partitions()).boxed().collect(Collectors.toUnmodifiableSet());
    }

    Counted read() throws InterruptedException {
        awaitReady();
        Instant from = course.from().truncatedTo(ChronoUnit.DAYS);
        Instant to = course.to().truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS);
        return new Counted(
                duplicates(),
                sumOfWindows(acrossQuarters()),
                sum(cut(from, to, Duration.ofHours(12))),
                sum(List.of(new Period(from, to))));
    }

    private void awaitReady() throws InterruptedException {
        for (int looks = 0; !app.health().ready(); looks++) {
            if (looks == MOST_LOOKS) {
                throw new IllegalStateException("not ready: " + app.health());
            }
            Thread.sleep(BETWEEN_LOOKS.toMillis());
        }
    }

    /** Out of the metrics, which lag a second behind. */
    private long duplicates() throws InterruptedException {
        for (int looks = 0;
                records("tidemark.records.read", Tags.empty()) < course.events() && looks < MOST_LOOKS;
                looks++) {
            Thread.sleep(BETWEEN_LOOKS.toMillis());
        }
        return records("tidemark.records", Tags.of("fate", "duplicate"));
    }

    private long records(String counter, Tags tags) {
        return metrics.find(counter).tags(tags.and("topic", course.topic())).functionCounters().stream()
                .mapToLong(ShippedTotals::whole)
                .sum();
    }

    private static long whole(FunctionCounter counter) {
        return (long) counter.count();
    }

    private static List<Period> cut(Instant from, Instant to, Duration step) {
        var periods = new ArrayList<Period>();
        for (Instant at = from; at.isBefore(to); at = at.plus(step)) {
            periods.add(new Period(at, at.plus(step)));
        }
        return periods;
    }

    /** Windows of a day or so, one behind the other. */
    private List<List<Instant>> acrossQuarters() {
        var days = new ArrayList<List<Instant>>();
        var bounds = new ArrayList<Instant>();
        Instant first = course.from().truncatedTo(ChronoUnit.HOURS).minus(1, ChronoUnit.HOURS);
        for (Instant hour = first; hour.isBefore(course.to().plus(1, ChronoUnit.HOURS)); hour = plusHour(hour)) {
            for (int minute : ACROSS) {
                bounds.add(hour.plus(minute, ChronoUnit.MINUTES));
            }
            if (bounds.size() > MOST_WINDOWS) {
                days.add(List.copyOf(bounds));
                bounds.subList(0, bounds.size() - 1).clear();
            }
        }
        if (bounds.size() > 1) {
            days.add(List.copyOf(bounds));
        }
        return days;
    }

    private Tally sumOfWindows(List<List<Instant>> days) {
        return course.mix().allTenants().stream()
                .flatMap(tenant -> days.stream().map(bounds -> ask(tenant, bounds)))
                .reduce(Tally.NONE, Tally::plus);
    }

    private Tally ask(String tenant, List<Instant> bounds) {
        var asked = new UsageSeries.Asked(tenant, Optional.empty(), true, bounds);
        var answer = app.heldParts().ask(UsageSeries.KIND, new PartAsked<>(asked, partitions, Wait.NOT));
        if (answer instanceof Answer.Found<Part<UsageSeries>> found
                && found.value().freshness().complete()
                && found.value().value().tooFine().isEmpty()) {
            return found.value().value().windows().stream()
                    .flatMap(List::stream)
                    .map(meter -> tally(meter.sums()))
                    .reduce(Tally.NONE, Tally::plus);
        }
        throw new IllegalStateException(tenant + " in " + bounds + ": " + answer);
    }

    private static Instant plusHour(Instant at) {
        return at.plus(1, ChronoUnit.HOURS);
    }

    private Tally sum(List<Period> periods) {
        return course.mix().allTenants().stream()
                .flatMap(tenant -> periods.stream().map(period -> ask(tenant, period)))
                .reduce(Tally.NONE, Tally::plus);
    }

    private Tally ask(String tenant, Period period) {
        var answer = app.held().byCustomer(new PartQuestion(tenant, period, ALL, partitions, Wait.NOT));
        if (answer instanceof Answer.Found<UsageByCustomer> found
                && found.value().freshness().complete()
                && found.value().period().equals(period)) {
            return tally(found.value().totals());
        }
        throw new IllegalStateException(tenant + " in " + period + ": " + answer);
    }

    private static Tally tally(Sums sums) {
        return new Tally(
                sums.count(),
                sums.inputTokens().longValueExact(),
                sums.outputTokens().longValueExact(),
                sums.cachedInputTokens().longValueExact(),
                sums.reasoningTokens().longValueExact(),
                units(sums.credits()),
                sums.cost().values().stream().mapToLong(ShippedTotals::units).sum());
    }

    private static long units(BigDecimal decimal) {
        return decimal.movePointRight(SCALE).longValueExact();
    }
}
