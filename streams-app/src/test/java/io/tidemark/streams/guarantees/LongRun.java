package io.tidemark.streams.guarantees;

import io.tidemark.streams.MeteringSettings.Retention;
import io.tidemark.streams.MeteringSettings.TimeRule;
import io.tidemark.streams.fixtures.Events;
import io.tidemark.streams.fixtures.Machine;
import io.tidemark.streams.fixtures.Tombstones;
import io.tidemark.streams.reading.Answer;
import io.tidemark.streams.reading.ByCustomerQuery;
import io.tidemark.streams.reading.CustomerUsage;
import io.tidemark.streams.reading.Period;
import io.tidemark.streams.reading.UsageByCustomer;
import io.tidemark.streams.reading.Wait;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/** Lives through many days of traffic, and notes of each what reads and deletions took. */
final class LongRun implements AutoCloseable {
    static final String TENANT = "acme";

    private static final List<String> TENANTS = List.of(TENANT, "acme-two", "zebra");
    private static final Retention KEEP = new Retention(Duration.ofDays(38), Duration.ofDays(60));
    private static final Instant BEGIN = Instant.parse("2026-06-03T00:00:00Z");
    private static final int READS = 5;
    private static final int PUNCTUATIONS = 5;
    private static final ByCustomerQuery ALL = new ByCustomerQuery(
            Optional.empty(), true, Optional.empty(), Optional.empty(), false, 50, Optional.empty());

    private final Random random = new Random(20261120);
    private final Machine machine;
    private final Tombstones tombstones;
    private final int days;
    private final int events;
    private final List<DayLived> lived = new ArrayList<>();
    private final List<Sent> sent = new ArrayList<>();
    private Instant now = BEGIN;

    private record Sent(String tenant, String customer, Instant at) {}

    LongRun(Scratch scratch, int days, int events) {
        machine = new Machine(scratch.directory().resolve("machine"), BEGIN, TimeRule.DEFAULT, KEEP);
        tombstones = new Tombstones(scratch.directory().resolve("tombstones"));
        this.days = days;
        this.events = events;
    }

    void live() {
        for (int day = 0; day < days; day++) {
            send(day);
            lived.add(look());
        }
    }

    private void send(int day) {
        Instant midnight = BEGIN.plus(day, ChronoUnit.DAYS);
        for (int i = 0; i < events; i++) {
            now = midnight.plusMillis(86_400_000L * (i + 1) / (events + 1));
            Sent one = i % 2 == 0 ? first(i) : second(sent.get(sent.size() - 1));
            machine.append(
                    Events.request("r" + day + "-" + i, one.customer, one.at)
                            .setTenantId(one.tenant)
                            .build(),
                    now);
            sent.add(one);
        }
        machine.logged();
    }

    private Sent first(int i) {
        return i == 0
                ? new Sent(TENANT, "daily", now)
                : new Sent(TENANTS.get(i / 2 % 3), "c" + random.nextInt(events), now);
    }

    /** In another minute of the same quarter hour: so there is a page of that hour. */
    private static Sent second(Sent first) {
        boolean begins = first.at.getEpochSecond() % 900 < 60;
        return new Sent(first.tenant, first.customer, first.at.plusSeconds(begins ? 60 : -60));
    }

    private DayLived look() {
        long longest = 0;
        int most = 0;
        int all = 0;
        for (int i = 0; i < PUNCTUATIONS; i++) {
            long began = System.nanoTime();
            machine.pass(Duration.ofSeconds(1));
            longest = Math.max(longest, System.nanoTime() - began);
            int deleted = (int) machine.logged().stream()
                    .filter(record -> record.value() == null)
                    .count();
            most = Math.max(most, deleted);
            all += deleted;
        }
        Period month = monthUpTo(now);
        long met = tombstones.steppedOver(() -> byCustomer(month)) + tombstones.steppedOver(() -> ofCustomer(month));
        return new DayLived(time(() -> byCustomer(month)), time(() -> ofCustomer(month)), longest, most, all, met);
    }

    private static Period monthUpTo(Instant end) {
        Instant to = end.truncatedTo(ChronoUnit.MINUTES);
        return new Period(to.minus(Duration.ofDays(30)).plusSeconds(420), to);
    }

    private static long time(Runnable read) {
        return Stream.generate(() -> {
                    long began = System.nanoTime();
                    read.run();
                    return System.nanoTime() - began;
                })
                .limit(READS)
                .sorted()
                .toList()
                .get(READS / 2);
    }

    UsageByCustomer byCustomer(Period period) {
        return found(machine.usage().byCustomer(TENANT, period, ALL, Wait.NOT));
    }

    CustomerUsage ofCustomer(Period period) {
        return found(machine.usage().ofCustomer(TENANT, "daily", period, Wait.NOT));
    }

    private static <T> T found(Answer<T> answer) {
        return ((Answer.Found<T>) answer).value();
    }

    long expected(Period period) {
        return sent.stream()
                .filter(one -> one.tenant.equals(TENANT) && isIn(one, period))
                .count();
    }

    long expectedOfCustomer(Period period) {
        return sent.stream()
                .filter(one -> one.customer.equals("daily") && isIn(one, period))
                .count();
    }

    private static boolean isIn(Sent one, Period period) {
        return !one.at.isBefore(period.from()) && one.at.isBefore(period.to());
    }

    List<DayLived> days() {
        return lived;
    }

    Instant end() {
        return now;
    }

    /** The first instant of the day so many days before the end. */
    Instant keptFrom(int daysBefore) {
        return now.minus(daysBefore, ChronoUnit.DAYS).truncatedTo(ChronoUnit.DAYS);
    }

    Oldest oldest() {
        return new Oldest(machine);
    }

    @Override
    public void close() {
        tombstones.close();
        machine.close();
    }
}
