package io.tidemark.streams.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.events.RequestEvent;
import io.tidemark.events.UsageEvent;
import io.tidemark.streams.event.EventKind;
import io.tidemark.streams.fixtures.Events;
import io.tidemark.streams.fixtures.Machine;
import io.tidemark.streams.reading.Answer;
import io.tidemark.streams.reading.CustomerUsage;
import io.tidemark.streams.reading.Explanation;
import io.tidemark.streams.reading.Explanation.UsedPage;
import io.tidemark.streams.reading.MeterUsage;
import io.tidemark.streams.reading.Period;
import io.tidemark.streams.reading.Sums;
import io.tidemark.streams.reading.Wait;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The pages that an explanation lists add up to the answer exactly, over any period; and what it says of their events is what was sent:
 * how many, how many late, how many that took something back, and when the newest of them came.
 */
@NullMarked
class TotalsAreExplainedTest {
    private static final Instant BEGIN = Instant.parse("2026-08-30T22:17:00Z");
    private static final int EVENTS = 600;
    private static final Duration PACE = Duration.ofMinutes(150);
    private static final List<String> METERS = List.of("storage", "seats");
    private static final List<String> CURRENCIES = List.of("", "USD", "EUR");

    @TempDir
    private Path directory;

    private Machine machine;
    private final List<Told> told = new ArrayList<>();
    private Instant now = BEGIN;

    private record Told(
            EventKind kind, String meter, String currency, Instant occurred, Instant appended, boolean takesBack) {
        boolean isOf(UsedPage page) {
            return kind == page.kind()
                    && meter.equals(page.meter())
                    && currency.equals(page.currency())
                    && !occurred.isBefore(page.span().from())
                    && occurred.isBefore(page.span().to());
        }

        boolean isLate() {
            return Duration.between(occurred, appended).compareTo(Duration.ofHours(1)) > 0;
        }
    }

    @BeforeEach
    void open() {
        machine = new Machine(directory, BEGIN);
    }

    @AfterEach
    void close() {
        machine.close();
    }

    private void send(Random random, int i) {
        now = now.plusMillis(random.nextInt(2 * (int) PACE.toMillis()));
        Instant occurred = now.minusMillis(random.nextInt(random.nextInt(6) == 0 ? 2_000_000_000 : 5_400_000))
                .truncatedTo(ChronoUnit.MILLIS);
        String currency = CURRENCIES.get(random.nextInt(3));
        String cost = currency.isEmpty() ? "0" : random.nextInt(9) == 0 ? "-0.000000003" : "12.3";
        String credits = random.nextInt(9) == 0 ? "-1" : "0.5";
        boolean takesBack = cost.startsWith("-") || credits.startsWith("-");
        if (random.nextBoolean()) {
            var request = Events.request("r" + i, "c", occurred)
                    .setInputTokens(random.nextInt(5_000))
                    .setCredits(Events.amount(credits))
                    .setCost(Events.amount(cost));
            machine.append(with(request, currency), now);
            told.add(new Told(EventKind.REQUEST, "requests", currency, occurred, now, takesBack));
        } else {
            String quantity = random.nextInt(5) == 0 ? "-2.5" : "7";
            String meter = METERS.get(random.nextInt(2));
            var usage = Events.usage("u" + i, "c", occurred, quantity)
                    .setMeter(meter)
                    .setCredits(Events.amount(credits))
                    .setCost(Events.amount(cost));
            machine.append(with(usage, currency), now);
            told.add(new Told(EventKind.USAGE, meter, currency, occurred, now, takesBack || quantity.startsWith("-")));
        }
    }

    private static RequestEvent with(RequestEvent.Builder event, String currency) {
        return currency.isEmpty() ? event.build() : event.setCurrency(currency).build();
    }

    private static UsageEvent with(UsageEvent.Builder event, String currency) {
        return currency.isEmpty() ? event.build() : event.setCurrency(currency).build();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void overAnyPeriod(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < EVENTS; i++) {
            send(random, i);
            if (i % 50 == 0) {
                machine.pass(Duration.ofSeconds(2));
            }
        }
        machine.pass(Duration.ofSeconds(10));
        long minutes = Duration.between(BEGIN, now).toMinutes();
        int widened = 0;
        for (int i = 0; i < 60; i++) {
            Instant from = BEGIN.minus(10, ChronoUnit.DAYS).plus(random.nextLong(minutes), ChronoUnit.MINUTES);
            var asked = new Period(from, from.plus(random.nextLong(minutes), ChronoUnit.MINUTES));
            CustomerUsage plain = found(machine.usage().ofCustomer("acme", "c", asked, Wait.NOT));
            CustomerUsage explained = found(machine.usage().explain("acme", "c", asked, Wait.NOT));
            assertThat(plain.explanation()).isEmpty();
            widened += explained.period().equals(asked) ? 0 : 1;
            isTheSame(plain, explained);
            explains(asked, explained);
        }
        assertThat(widened).as("periods widened, hour pages being purged").isBetween(1, 59);
    }

    private static CustomerUsage found(Answer<CustomerUsage> answer) {
        return ((Answer.Found<CustomerUsage>) answer).value();
    }

    private static void isTheSame(CustomerUsage plain, CustomerUsage explained) {
        assertThat(new CustomerUsage(
                        explained.externalId(),
                        explained.period(),
                        explained.requests(),
                        explained.all(),
                        explained.meters(),
                        explained.freshness()))
                .isEqualTo(plain);
    }

    private void explains(Period asked, CustomerUsage usage) {
        Explanation why = usage.explanation().orElseThrow();
        assertThat(why.asked()).isEqualTo(asked);
        assertThat(why.beyond()).isEqualTo(Explanation.Beyond.NOTHING);
        assertThat(why.minutesFrom()).isPresent();
        assertThat(why.handled())
                .extracting(Explanation.Handled::topic)
                .contains("tidemark.requests", "tidemark.usage");
        assertThat(sums(why.pages())).isEqualTo(usage.all());
        for (MeterUsage meter : usage.meters()) {
            List<UsedPage> its = why.pages().stream()
                    .filter(page -> page.kind() == meter.kind() && page.meter().equals(meter.meter()))
                    .toList();
            assertThat(sums(its)).isEqualTo(meter.sums());
        }
        why.pages().forEach(page -> isOfWhatWasSent(page, usage.period()));
    }

    private static Duration slot(String granularity) {
        return switch (granularity) {
            case "month" -> Duration.ofDays(1);
            case "day" -> Duration.ofMinutes(15);
            default -> Duration.ofMinutes(1);
        };
    }

    private static Instant begin(Instant at, Duration slot) {
        long seconds = slot.toSeconds();
        return Instant.ofEpochSecond(Math.floorDiv(at.getEpochSecond(), seconds) * seconds);
    }

    /** Whether all that was ever sent of its series in its slot fell into one minute: then no finer page has it. */
    private boolean isOfOneMinute(Told one, Duration slot) {
        return told.stream()
                        .filter(other -> other.kind() == one.kind()
                                && other.meter().equals(one.meter())
                                && other.currency().equals(one.currency())
                                && begin(other.occurred(), slot).equals(begin(one.occurred(), slot)))
                        .map(other -> begin(other.occurred(), Duration.ofMinutes(1)))
                        .distinct()
                        .count()
                == 1;
    }

    private boolean isIn(UsedPage page, Told one) {
        return one.isOf(page)
                && (page.granularity().equals("month") || !isOfOneMinute(one, slot("month")))
                && (!page.granularity().equals("hour") || !isOfOneMinute(one, slot("day")));
    }

    private void isOfWhatWasSent(UsedPage page, Period answered) {
        List<Told> its = told.stream().filter(one -> isIn(page, one)).toList();
        assertThat(page.events().late())
                .contains(its.stream().filter(Told::isLate).count());
        assertThat(page.events().corrected())
                .contains(its.stream().filter(Told::takesBack).count());
        assertThat(page.events().newestAppendedAt())
                .isEqualTo(its.stream()
                        .map(Told::appended)
                        .max(Comparator.naturalOrder())
                        .map(newest -> newest.truncatedTo(ChronoUnit.SECONDS)));
        Duration slot = slot(page.granularity());
        List<Told> inSlots = its.stream()
                .filter(one -> {
                    long at =
                            Duration.between(page.span().from(), one.occurred()).dividedBy(slot);
                    return at >= page.slots().from() && at < page.slots().to();
                })
                .toList();
        assertThat(page.slots().present()).isEqualTo((int) inSlots.stream()
                .map(one -> begin(one.occurred(), slot))
                .distinct()
                .count());
        assertThat(page.sums().count())
                .isEqualTo(inSlots.stream()
                        .filter(one -> isTaken(one, slot, answered))
                        .count());
    }

    private boolean isTaken(Told one, Duration slot, Period answered) {
        Instant begin = begin(one.occurred(), slot);
        boolean whole = !begin.isBefore(answered.from()) && !begin.plus(slot).isAfter(answered.to());
        boolean within =
                !one.occurred().isBefore(answered.from()) && one.occurred().isBefore(answered.to());
        return whole || (within && isOfOneMinute(one, slot));
    }

    private static Sums sums(List<UsedPage> pages) {
        return pages.stream().map(UsedPage::sums).reduce(Sums.NONE, Sums::plus);
    }

    @Test
    void whatIsNotListedIsSummed() {
        for (int i = 0; i < 1_100; i++) {
            machine.append(
                    Events.usage("u" + i, "c", BEGIN, "1").setMeter("m" + i).build(), BEGIN);
        }
        var month = new Period(Instant.parse("2026-08-01T00:00:00Z"), Instant.parse("2026-09-01T00:00:00Z"));
        CustomerUsage usage = found(machine.usage().explain("acme", "c", month, Wait.NOT));
        Explanation why = usage.explanation().orElseThrow();
        assertThat(why.pages()).hasSize(1_000);
        assertThat(why.beyond().pages()).isEqualTo(100);
        assertThat(sums(why.pages()).plus(why.beyond().sums())).isEqualTo(usage.all());
        assertThat(usage.all().count()).isEqualTo(1_100);
        assertThat(why.minutesFrom()).isEqualTo(Optional.empty());
    }
}
