package io.tidemark.streams.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.streams.event.Coordinates;
import io.tidemark.streams.reading.Answer;
import io.tidemark.streams.reading.ByCustomerQuery;
import io.tidemark.streams.reading.ByCustomerQuery.RowKey;
import io.tidemark.streams.reading.ByCustomerQuery.SortBy;
import io.tidemark.streams.reading.CustomerUsage;
import io.tidemark.streams.reading.HeldUsage.CustomerQuestion;
import io.tidemark.streams.reading.HeldUsage.PartQuestion;
import io.tidemark.streams.reading.Part;
import io.tidemark.streams.reading.PartAsked;
import io.tidemark.streams.reading.PartKind;
import io.tidemark.streams.reading.Period;
import io.tidemark.streams.reading.Position;
import io.tidemark.streams.reading.UsageByCustomer;
import io.tidemark.streams.reading.Wait;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@NullMarked
@Timeout(60)
class RoutedUsageTest {
    private static final Set<Integer> ALL =
            IntStream.range(0, MadeUp.PARTITIONS).boxed().collect(Collectors.toSet());
    private static final Clock CLOCK = Clock.fixed(MadeUp.AS_OF, ZoneOffset.UTC);
    private static final PeerAddress B = new PeerAddress("b", 1);
    private static final PeerAddress C = new PeerAddress("c", 1);

    /** Peers that answer out of what is made up, and may be gone. */
    private static class Others implements Peers {
        final Map<PeerAddress, Holding> holdings = new HashMap<>();
        private final Map<PeerAddress, MadeUp> answers = new HashMap<>();
        private final Set<PeerAddress> gone = new HashSet<>();

        @Override
        public RoutingTable table() {
            return RoutingTable.of(1, holdings);
        }

        @Override
        public <Q, A> Answer<Part<A>> ask(PeerAddress peer, PartKind<Q, A> kind, PartAsked<Q> question, Duration atMost)
                throws PeerFailed {
            throw new PeerFailed("nobody asks");
        }

        @Override
        public Answer<CustomerUsage> ofCustomer(PeerAddress peer, CustomerQuestion question, Duration atMost)
                throws PeerFailed {
            return at(peer).ofCustomer(question);
        }

        @Override
        public Answer<UsageByCustomer> byCustomer(PeerAddress peer, PartQuestion question, Duration atMost)
                throws PeerFailed {
            return at(peer).byCustomer(question);
        }

        private MadeUp at(PeerAddress peer) throws PeerFailed {
            if (gone.contains(peer) || !answers.containsKey(peer)) {
                throw new PeerFailed("gone");
            }
            return answers.get(peer);
        }
    }

    private record Holds(Set<Integer> counted, Set<Integer> copied) implements Here {
        @Override
        public boolean counts(int partition) {
            return counted.contains(partition);
        }

        @Override
        public boolean copies(int partition) {
            return copied.contains(partition);
        }

        @Override
        public boolean holdsAny() {
            return !counted.isEmpty() || !copied.isEmpty();
        }
    }

    private final Others others = new Others();

    private static Holding holding(Set<Integer> active, Set<Integer> copies) {
        return new Holding(
                active, copies.stream().collect(Collectors.toMap(partition -> partition, any -> Instant.EPOCH)));
    }

    private static Set<Integer> partitions(Random random) {
        return ALL.stream().filter(any -> random.nextBoolean()).collect(Collectors.toSet());
    }

    @Test
    void givesWhatOneInstanceGivesHoweverThePartitionsAreSpread() {
        for (int seed = 0; seed < 500; seed++) {
            var random = new Random(seed);
            var truth = new MadeUp(
                    random,
                    random.nextInt(60),
                    List.of(List.<String>of(), List.of("USD"), List.of("EUR", "USD"))
                            .get(random.nextInt(3)));
            if (random.nextInt(4) == 0) {
                truth.widens(random.nextInt(MadeUp.PARTITIONS), 1 + random.nextInt(2));
            }
            var mine = partitions(random);
            var theirs = new TreeSet<>(ALL);
            theirs.removeAll(mine);
            var some = partitions(random);
            some.retainAll(theirs);
            others.holdings.put(B, holding(some, Set.of()));
            var rest = new TreeSet<>(theirs);
            rest.removeAll(some);
            others.holdings.put(C, holding(rest, some));
            List.of(B, C).forEach(peer -> others.answers.put(peer, truth));
            others.gone.clear();
            if (random.nextInt(3) == 0) {
                others.gone.add(B);
            }
            var query = new ByCustomerQuery(
                    random.nextBoolean()
                            ? Optional.empty()
                            : Optional.of(List.of(SortBy.values()).get(random.nextInt(SortBy.values().length))),
                    random.nextBoolean(),
                    Optional.empty(),
                    Optional.empty(),
                    false,
                    1 + random.nextInt(20),
                    Optional.empty());
            try (var routed = new RoutedUsage(truth, new Holds(mine, Set.of()), others, MadeUp.PARTITIONS, CLOCK);
                    var alone =
                            new RoutedUsage(truth, new Holds(ALL, Set.of()), Peers.NONE, MadeUp.PARTITIONS, CLOCK)) {
                allPages(alone, routed, query, seed);
            }
        }
    }

    /** To the last page, each from where the one before ended. */
    private static void allPages(RoutedUsage alone, RoutedUsage routed, ByCustomerQuery first, int seed) {
        ByCustomerQuery query = first;
        while (true) {
            Answer<UsageByCustomer> one = alone.byCustomer("acme", MadeUp.PERIOD, query, Wait.NOT);
            Answer<UsageByCustomer> other = routed.byCustomer("acme", MadeUp.PERIOD, query, Wait.NOT);
            if (!(one instanceof Answer.Found<UsageByCustomer> found)) {
                assertThat(other).as("seed %d", seed).isEqualTo(one);
                return;
            }
            var page = ((Answer.Found<UsageByCustomer>) other).value();
            assertThat(page)
                    .as("seed %d", seed)
                    .usingRecursiveComparison()
                    .ignoringFields("freshness")
                    .isEqualTo(found.value());
            assertThat(page.freshness().missingPartitions()).isEmpty();
            assertThat(page.freshness().asOf())
                    .isEqualTo(found.value().freshness().asOf());
            assertThat(parts(page)).isEqualTo(parts(found.value()));
            if (!page.more()) {
                return;
            }
            var last = page.rows().get(page.rows().size() - 1);
            query = new ByCustomerQuery(
                    Optional.of(page.sortedBy()),
                    query.descending(),
                    query.meter(),
                    query.currency(),
                    query.includeInactive(),
                    query.limit(),
                    Optional.of(new RowKey(last.value(), last.externalId())));
        }
    }

    private static Set<Coordinates> parts(UsageByCustomer page) {
        return Set.copyOf(
                Position.parse(page.freshness().position()).orElseThrow().parts());
    }

    @Test
    void saysWhichPartitionsNobodyAnswersFor() {
        var truth = new MadeUp(new Random(1), 60, List.of("USD"));
        others.holdings.put(B, holding(Set.of(6, 7, 8, 9, 10, 11), Set.of()));
        others.holdings.put(C, holding(Set.of(), Set.of(6, 7, 8)));
        others.answers.put(B, truth);
        others.answers.put(C, truth);
        others.gone.add(B);
        try (var routed = new RoutedUsage(
                truth, new Holds(Set.of(0, 1, 2, 3, 4, 5), Set.of()), others, MadeUp.PARTITIONS, CLOCK)) {
            UsageByCustomer page = found(routed.byCustomer("acme", MadeUp.PERIOD, query(), Wait.NOT));
            assertThat(page.freshness().missingPartitions()).containsExactly(9, 10, 11);
            assertThat(page.customers())
                    .isEqualTo(truth.page(Set.of(0, 1, 2, 3, 4, 5, 6, 7, 8), query(), MadeUp.PERIOD, page.freshness())
                            .customers());
        }
    }

    @Test
    void asksWhoCountsBeforeACopyAndACopyWhenNobodyCounts() {
        var fresh = new MadeUp(new Random(2), 40, List.of("USD"));
        var copy = new MadeUp(new Random(2), 40, List.of("USD"));
        others.holdings.put(B, holding(ALL, Set.of()));
        others.answers.put(B, fresh);
        try (var routed = new RoutedUsage(copy, new Holds(Set.of(), ALL), others, MadeUp.PARTITIONS, CLOCK)) {
            found(routed.ofCustomer("acme", "c1", MadeUp.PERIOD, Wait.NOT));
            assertThat(List.of(fresh.calls, copy.calls)).containsExactly(1, 0);
            others.gone.add(B);
            found(routed.ofCustomer("acme", "c1", MadeUp.PERIOD, Wait.NOT));
            assertThat(List.of(fresh.calls, copy.calls)).containsExactly(1, 1);
        }
    }

    /** Peers that are there and never come to an answer. */
    private static final class Slow extends Others {
        private final List<Duration> given = new CopyOnWriteArrayList<>();

        @Override
        public Answer<CustomerUsage> ofCustomer(PeerAddress peer, CustomerQuestion question, Duration atMost)
                throws PeerFailed {
            throw late(atMost);
        }

        @Override
        public Answer<UsageByCustomer> byCustomer(PeerAddress peer, PartQuestion question, Duration atMost)
                throws PeerFailed {
            throw late(atMost);
        }

        private PeerFailed late(Duration atMost) {
            given.add(atMost);
            return new PeerFailed("late");
        }
    }

    @Test
    void givesASlowPeerLittleTimeWhereACopyLiesHere() {
        var truth = new MadeUp(new Random(7), 40, List.of("USD"));
        var slow = new Slow();
        slow.holdings.put(B, holding(ALL, Set.of()));
        try (var routed = new RoutedUsage(truth, new Holds(Set.of(), ALL), slow, MadeUp.PARTITIONS, CLOCK)) {
            found(routed.ofCustomer("acme", "c1", MadeUp.PERIOD, Wait.NOT));
            found(routed.byCustomer("acme", MadeUp.PERIOD, query(), Wait.NOT));
            assertThat(slow.given)
                    .hasSize(2)
                    .allSatisfy(given -> assertThat(given).isLessThanOrEqualTo(Duration.ofMillis(60)));
        }
    }

    /** Control. */
    @Test
    void givesItSecondsWhereNobodyElseHasIt() {
        var slow = new Slow();
        slow.holdings.put(B, holding(ALL, Set.of()));
        var nothing = new MadeUp(new Random(7), 40, List.of("USD"));
        try (var routed = new RoutedUsage(nothing, new Holds(Set.of(), Set.of()), slow, MadeUp.PARTITIONS, CLOCK)) {
            assertThat(routed.ofCustomer("acme", "c1", MadeUp.PERIOD, Wait.NOT)).isInstanceOf(Answer.NotReady.class);
            assertThat(routed.byCustomer("acme", MadeUp.PERIOD, query(), Wait.NOT))
                    .isInstanceOf(Answer.NotReady.class);
            assertThat(slow.given).allSatisfy(given -> assertThat(given).isGreaterThanOrEqualTo(Duration.ofSeconds(5)));
        }
    }

    @Test
    void asksAnewUntilAPartitionHasMoved() {
        var truth = new MadeUp(new Random(3), 40, List.of("USD"));
        int partition = MadeUp.partitionOf("c1");
        truth.missing.add(partition);
        var arriving = new Here() {
            private int looks;

            @Override
            public boolean counts(int any) {
                if (++looks == 10) {
                    truth.missing.clear();
                }
                return true;
            }

            @Override
            public boolean copies(int any) {
                return false;
            }

            @Override
            public boolean holdsAny() {
                return true;
            }
        };
        try (var routed = new RoutedUsage(truth, arriving, others, MadeUp.PARTITIONS, CLOCK)) {
            found(routed.ofCustomer("acme", "c1", MadeUp.PERIOD, Wait.NOT));
            truth.missing.add(partition);
            long began = System.nanoTime();
            assertThat(routed.ofCustomer("acme", "c1", MadeUp.PERIOD, Wait.NOT))
                    .isInstanceOfSatisfying(
                            Answer.NotReady.class,
                            late -> assertThat(late.reason()).isEqualTo(Answer.Reason.MOVING));
            assertThat(Duration.ofNanos(System.nanoTime() - began))
                    .isBetween(Patience.BUDGET.minusMillis(50), Patience.BUDGET.plusSeconds(5));
        }
    }

    /** Control: {@link #asksAnewUntilAPartitionHasMoved} waits. */
    @Test
    void saysAtOnceThatItHasJustBegun() {
        var truth = new MadeUp(new Random(6), 40, List.of("USD"));
        var starting = new Others() {
            @Override
            public RoutingTable table() {
                return RoutingTable.ALONE;
            }
        };
        try (var routed = new RoutedUsage(truth, new Holds(Set.of(), Set.of()), starting, MadeUp.PARTITIONS, CLOCK)) {
            long began = System.nanoTime();
            for (int i = 0; i < 100; i++) {
                assertThat(routed.ofCustomer("acme", "c1", MadeUp.PERIOD, Wait.NOT))
                        .isInstanceOf(Answer.NotReady.class);
                assertThat(routed.byCustomer("acme", MadeUp.PERIOD, query(), Wait.NOT))
                        .isInstanceOf(Answer.NotReady.class);
            }
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(20));
        }
    }

    @Test
    void refusesWhatIsOlderThanItMayBe() {
        var truth = new MadeUp(new Random(4), 40, List.of("USD"));
        // As of the partition's number of seconds ago.
        int age = MadeUp.partitionOf("c1");
        try (var routed = new RoutedUsage(truth, new Holds(ALL, Set.of()), Peers.NONE, MadeUp.PARTITIONS, CLOCK)) {
            found(routed.ofCustomer("acme", "c1", MadeUp.PERIOD, stale(age)));
            assertThat(routed.ofCustomer("acme", "c1", MadeUp.PERIOD, stale(age - 1)))
                    .isInstanceOfSatisfying(
                            Answer.NotReady.class,
                            late -> assertThat(late.reason()).isEqualTo(Answer.Reason.TOO_STALE));
            assertThat(age).isPositive();
        }
    }

    private static Wait stale(int seconds) {
        return new Wait(Optional.empty(), Duration.ZERO, Optional.of(Duration.ofSeconds(seconds)));
    }

    private static ByCustomerQuery query() {
        return new ByCustomerQuery(
                Optional.of(SortBy.REQUESTS), true, Optional.empty(), Optional.empty(), false, 100, Optional.empty());
    }

    private static <T> T found(Answer<T> answer) {
        return ((Answer.Found<T>) answer).value();
    }

    @Test
    void ordersCopiesByHowFreshTheyAre() {
        others.holdings.put(B, new Holding(Set.of(1), Map.of(0, Instant.ofEpochSecond(5))));
        others.holdings.put(C, new Holding(Set.of(), Map.of(0, Instant.ofEpochSecond(9), 1, Instant.EPOCH)));
        RoutingTable table = others.table();
        assertThat(table.copying(0)).containsExactly(C, B);
        assertThat(table.counting(1)).containsExactly(B);
        assertThat(table.says(RoutingTable.of(7, others.holdings))).isTrue();
        assertThat(Holder.of(1, new Holds(Set.of(), Set.of(1)), table))
                .extracting(Holder::peer)
                .containsExactly(Optional.of(B), Optional.empty(), Optional.of(C));
    }

    /** Its period is the answer's, too. */
    @Test
    void asksOnlyThoseAgainThatDiffer() {
        var here = new MadeUp(new Random(5), 30, List.of("USD"));
        var there = new MadeUp(new Random(5), 30, List.of("USD"));
        here.widens(0, 2);
        others.holdings.put(B, holding(Set.of(6, 7, 8, 9, 10, 11), Set.of()));
        others.answers.put(B, there);
        try (var routed = new RoutedUsage(
                here, new Holds(Set.of(0, 1, 2, 3, 4, 5), Set.of()), others, MadeUp.PARTITIONS, CLOCK)) {
            UsageByCustomer page = found(routed.byCustomer("acme", MadeUp.PERIOD, query(), Wait.NOT));
            assertThat(page.period())
                    .isEqualTo(new Period(MadeUp.PERIOD.from().minusSeconds(2 * 86_400), MadeUp.PERIOD.to()));
            assertThat(List.of(here.calls, there.calls)).containsExactly(1, 2);
        }
    }
}
