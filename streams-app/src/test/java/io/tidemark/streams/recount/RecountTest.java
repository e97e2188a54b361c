package io.tidemark.streams.recount;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.streams.MeteringSettings.TimeRule;
import io.tidemark.streams.event.Source;
import io.tidemark.streams.reading.PageLength;
import io.tidemark.streams.recount.MixedEvents.Appended;
import io.tidemark.streams.recount.RecountOutcome.Difference;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** Recount against pages that a simple oracle keeps, of 600 mixed events for each seed. */
@NullMarked
class RecountTest {
    private static final int EVENTS = 600;
    private static final int SEEDS = 40;
    private static final String PSEUDONYM = "erased-00000000-0000-4000-8000-00000000000";

    private static Recount recount(MixedEvents events, RecountQuestion question, EventLog log) {
        return new Recount(question, TimeRule.DEFAULT, events.wire(), log, Duration.ZERO);
    }

    private static RecountOutcome run(MixedEvents events, ServedPages served) {
        return recount(events, MixedEvents.ALL, new MadeLog(events.all())).run(served);
    }

    /** In an order in which they may have been handled: a partition's as they lie there. */
    private static List<Appended> anyOrder(List<Appended> records, Random random) {
        Map<String, List<Appended>> partitions = new HashMap<>();
        records.forEach(record -> partitions
                .computeIfAbsent(record.origin().topic() + "-" + record.origin().partition(), any -> new ArrayList<>())
                .add(record));
        List<List<Appended>> left = new ArrayList<>(partitions.values());
        var order = new ArrayList<Appended>();
        while (!left.isEmpty()) {
            List<Appended> one = left.get(random.nextInt(left.size()));
            order.add(one.remove(0));
            left.removeIf(List::isEmpty);
        }
        return order;
    }

    @Test
    void findsAllEqualInWhateverOrderThePartitionsWereHandled() {
        int disputed = 0;
        for (long seed = 1; seed <= SEEDS; seed++) {
            var events = new MixedEvents(seed, 3, EVENTS);
            RecountOutcome outcome = run(events, KeptPages.of(anyOrder(events.all(), new Random(seed))));
            assertThat(outcome.differences()).as("seed %d", seed).isEmpty();
            assertThat(outcome.doubts()).as("seed %d", seed).isEmpty();
            disputed += outcome.disputed();
            RecountOutcome.Events counted = outcome.events();
            assertThat(counted.read()).isEqualTo(events.all().size());
            long rejected =
                    counted.rejected().values().stream().mapToLong(each -> each).sum();
            assertThat(rejected)
                    .isEqualTo(
                            events.all().stream().filter(each -> !each.good()).count());
            assertThat(outcome.compared().get(PageLength.HOUR)).isGreaterThan(100);
        }
        assertThat(disputed).as("identities whose order the log does not say").isGreaterThan(SEEDS);
    }

    @Test
    void findsTheVerySlotThatWasAddedTo() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            var events = new MixedEvents(seed, 3, EVENTS);
            var random = new Random(seed);
            KeptPages served = KeptPages.of(events.all());
            Appended one = good(events, random);
            PageLength length = List.of(PageLength.values()).get(random.nextInt(3));
            served.change(length, one.told(), KeptPages.amounts(one.told().kind(), 1));
            List<Difference> found = run(events, served).differences();
            assertThat(found).as("seed %d", seed).hasSize(1);
            Difference difference = found.get(0);
            assertThat(difference.customer()).isEqualTo(one.told().customer());
            assertThat(difference.page()).isEqualTo(length);
            assertThat(difference.slot())
                    .isEqualTo(KeptPages.slot(length, one.told().occurred()));
            assertThat(difference.amount()).isEqualTo("count");
            assertThat(difference.served().subtract(difference.recounted())).isEqualByComparingTo("1");
        }
    }

    @Test
    void findsWhatIsNotServedAtAllAndWhatNobodySent() {
        var events = new MixedEvents(1, 3, EVENTS);
        var one = good(events, new Random(1)).told();
        KeptPages without = new KeptPages();
        events.all().stream()
                .filter(each -> !each.told().identity().equals(one.identity()))
                .forEach(without::take);
        assertThat(run(events, without).differences())
                .isNotEmpty()
                .allMatch(each -> each.customer().equals(one.customer()));
        KeptPages with = KeptPages.of(events.all());
        with.count(new MixedEvents.Told(
                "nobody", "nobody", one.kind(), one.meter(), "", one.occurred(), one.amounts(), ""));
        assertThat(run(events, with).differences())
                .isNotEmpty()
                .allMatch(each ->
                        each.customer().equals("nobody") && each.recounted().signum() == 0);
    }

    @Test
    void findsAnIdentityThatWasCountedTwiceThoughTheLogDoesNotSayWhichIsTheOne() {
        int seen = 0;
        for (long seed = 1; seed <= SEEDS; seed++) {
            var events = new MixedEvents(seed, 3, EVENTS);
            KeptPages served = KeptPages.of(events.all());
            Optional<Appended> second = disputed(events.all());
            if (second.isPresent()) {
                seen++;
                served.count(second.get().told());
                assertThat(run(events, served).differences())
                        .as("seed %d", seed)
                        .isNotEmpty();
            }
        }
        assertThat(seen).isGreaterThan(SEEDS / 2);
    }

    /** A good event whose identity came before in another partition, with other content. */
    private static Optional<Appended> disputed(List<Appended> records) {
        Map<String, Appended> firsts = new HashMap<>();
        for (Appended record : records) {
            Appended first = record.good() ? firsts.putIfAbsent(record.told().identity(), record) : null;
            if (first != null
                    && first.origin().partition() != record.origin().partition()
                    && !first.told().content().equals(record.told().content())) {
                return Optional.of(record);
            }
        }
        return Optional.empty();
    }

    @Test
    void findsOneOfWhichNeitherWasCounted() {
        var events = new MixedEvents(3, 3, EVENTS);
        Appended second = disputed(events.all()).orElseThrow();
        KeptPages served = new KeptPages();
        events.all().stream()
                .filter(each -> !each.told().identity().equals(second.told().identity()))
                .forEach(served::take);
        assertThat(run(events, served).differences())
                .isNotEmpty()
                .allMatch(each -> each.customer().equals(second.told().customer()));
    }

    @Test
    void comparesAPartOfTheTimeAndOneCustomerAlone() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            var events = new MixedEvents(seed, 3, EVENTS);
            var question = new RecountQuestion(
                    MixedEvents.ALL.tenant(),
                    Optional.of("ann"),
                    Instant.parse("2026-10-29T10:07:00Z"),
                    Instant.parse("2026-10-31T23:59:00Z"));
            KeptPages served = KeptPages.of(events.all());
            Appended other = good(events, new Random(seed));
            served.rename("bob", "somebody");
            assertThat(recount(events, question, new MadeLog(events.all()))
                            .run(served)
                            .differences())
                    .as("seed %d", seed)
                    .isEmpty();
            assertThat(other.good()).isTrue();
        }
    }

    @Test
    void comparesWhatIsKeptWhereMinutesAreKeptNoLonger() {
        var events = new MixedEvents(1, 3, EVENTS);
        Instant kept = Instant.parse("2026-10-29T00:00:00Z");
        Appended old = events.all().stream()
                .filter(each -> each.good() && each.told().occurred().isBefore(kept))
                .findFirst()
                .orElseThrow();
        assertThat(run(events, KeptPages.of(events.all()).withMinutesFrom(kept)).differences())
                .isEmpty();
        KeptPages served = KeptPages.of(events.all()).withMinutesFrom(kept);
        served.change(PageLength.DAY, old.told(), KeptPages.amounts(old.told().kind(), 1));
        assertThat(run(events, served).differences()).hasSize(1);
    }

    @Test
    void takesWhatWasRefusedForWhatWasKnownThenAsRefused() {
        var events = new MixedEvents(1, 3, EVENTS);
        Appended one = good(events, new Random(1));
        List<Appended> others = events.all().stream()
                .filter(each -> !each.told().identity().equals(one.told().identity()))
                .toList();
        var log = new MadeLog(events.all());
        events.all().stream()
                .filter(each -> each.told().identity().equals(one.told().identity()))
                .forEach(log::refuse);
        RecountOutcome outcome = recount(events, MixedEvents.ALL, log).run(KeptPages.of(others));
        assertThat(outcome.differences()).isEmpty();
        assertThat(outcome.events().rejected()).containsKey("unknown_tenant");
    }

    @Test
    void readsOnWhereMoreIsServedThanWasInTheLogAtFirst() {
        var events = new MixedEvents(1, 3, EVENTS);
        var log = new MadeLog(events.all()).upTo(EVENTS / 2);
        RecountOutcome outcome = recount(events, MixedEvents.ALL, log).run(KeptPages.of(events.all()));
        assertThat(outcome.differences()).isEmpty();
        assertThat(outcome.doubts()).isEmpty();
        assertThat(outcome.events().read()).isEqualTo(events.all().size());
    }

    @Test
    void saysFromWhenOnItComparesWhereTheLogBeginsLater() {
        var events = new MixedEvents(1, 3, EVENTS);
        Instant begin = MixedEvents.BEGIN.plus(Duration.ofDays(1));
        List<Appended> left = events.all().stream()
                .filter(each -> each.origin().appendedAt() >= begin.toEpochMilli())
                .toList();
        var log = new MadeLog(left).beginsAt(begin);
        var outcome = recount(events, MixedEvents.ALL, log);
        assertThat(outcome.run(KeptPages.of(left)).from())
                .isAfterOrEqualTo(begin.plus(Duration.ofMinutes(5)))
                .isBefore(begin.plus(Duration.ofMinutes(7)));
        var question = new RecountQuestion(
                MixedEvents.ALL.tenant(), Optional.empty(), begin.minus(Duration.ofHours(2)), begin);
        assertThatThrownBy(() -> recount(events, question, new MadeLog(left).beginsAt(begin)))
                .isInstanceOf(CannotRecount.class);
    }

    @Test
    void knowsTheUsageOfAnErasedCustomerUnderItsPseudonym() {
        var events = new MixedEvents(1, 3, EVENTS);
        int half = EVENTS / 2;
        KeptPages served = new KeptPages();
        events.all().subList(0, half).forEach(served::take);
        served.rename("ann", PSEUDONYM + "1");
        events.all().subList(half, events.all().size()).forEach(served::take);
        served.rename("bob", PSEUDONYM + "2");
        RecountOutcome outcome = run(events, served);
        assertThat(outcome.differences()).isEmpty();
        assertThat(outcome.doubts()).isEmpty();
        assertThat(outcome.erased()).isEqualTo(2);
    }

    @Test
    void findsWhatAnErasedCustomerLost() {
        var events = new MixedEvents(1, 3, EVENTS);
        KeptPages served = KeptPages.of(events.all());
        served.rename("ann", PSEUDONYM + "1");
        Appended its = events.all().stream()
                .filter(each -> each.good() && each.told().customer().equals("ann"))
                .findFirst()
                .orElseThrow();
        MixedEvents.Told told = its.told();
        served.change(
                PageLength.HOUR,
                new MixedEvents.Told(
                        PSEUDONYM + "1",
                        "",
                        told.kind(),
                        told.meter(),
                        told.currency(),
                        told.occurred(),
                        List.of(),
                        ""),
                told.amounts().stream().map(BigInteger::negate).toList());
        RecountOutcome outcome = run(events, served);
        assertThat(outcome.erased()).isZero();
        assertThat(outcome.differences())
                .isNotEmpty()
                .allMatch(each -> each.customer().equals("ann"));
        assertThat(outcome.doubts()).hasSize(1);
    }

    private static Appended good(MixedEvents events, Random random) {
        List<Appended> counted = events.all().stream()
                .filter(each -> each.good() && each.origin().topic() == Source.REQUESTS)
                .toList();
        return counted.get(random.nextInt(counted.size()));
    }
}
