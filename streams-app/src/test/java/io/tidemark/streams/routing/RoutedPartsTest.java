package io.tidemark.streams.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.schemas.EventKey;
import io.tidemark.streams.reading.Answer;
import io.tidemark.streams.reading.CustomerUsage;
import io.tidemark.streams.reading.Freshness;
import io.tidemark.streams.reading.HeldParts;
import io.tidemark.streams.reading.HeldUsage.CustomerQuestion;
import io.tidemark.streams.reading.HeldUsage.PartQuestion;
import io.tidemark.streams.reading.Part;
import io.tidemark.streams.reading.PartAsked;
import io.tidemark.streams.reading.PartKind;
import io.tidemark.streams.reading.PartReader;
import io.tidemark.streams.reading.PartReaders;
import io.tidemark.streams.reading.Position;
import io.tidemark.streams.reading.UsageByCustomer;
import io.tidemark.streams.reading.Wait;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
class RoutedPartsTest {
    private static final int PARTITIONS = 4;
    private static final Instant NOW = Instant.parse("2026-10-20T12:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final PeerAddress ONE = new PeerAddress("one", 1);
    private static final PeerAddress TWO = new PeerAddress("two", 2);

    /** Each partition says its number, and the sum is said of several. */
    private static final PartReader<String, Integer> NUMBER = new PartReader<>() {
        @Override
        public PartKind<String, Integer> kind() {
            return new PartKind<>("number", String.class, Integer.class);
        }

        @Override
        public Integer read(String question, int partition) {
            return partition;
        }

        @Override
        public Integer merge(String question, List<Integer> parts) {
            return parts.stream().mapToInt(Integer::intValue).sum();
        }
    };

    private static final PartReaders READERS = new PartReaders(List.of(NUMBER));

    /** An instance that holds some partitions, and is as old as its number of them says in seconds. */
    private record Holds(Set<Integer> held) implements HeldParts, Here {
        @Override
        public Optional<PartKind<?, ?>> kind(String name) {
            return READERS.kind(name);
        }

        @Override
        public <Q, A> Answer<Part<A>> ask(PartKind<Q, A> kind, PartAsked<Q> asked) {
            PartReader<Q, A> reader = READERS.of(kind);
            var has = new TreeSet<>(asked.partitions());
            has.retainAll(held);
            var missing = new TreeSet<>(asked.partitions());
            missing.removeAll(held);
            if (has.isEmpty()) {
                return new Answer.NotReady<>(Answer.Reason.MOVING, "none is here");
            }
            List<A> said = has.stream()
                    .map(partition -> reader.read(asked.question(), partition))
                    .toList();
            var position = Position.ofAll(has.stream()
                    .map(partition -> Position.ofCustomers(partition, 1))
                    .toList());
            return new Answer.Found<>(new Part<>(
                    reader.merge(asked.question(), said),
                    new Freshness(NOW.minusSeconds(held.size()), List.copyOf(missing), position.token())));
        }

        @Override
        public boolean counts(int partition) {
            return held.contains(partition);
        }

        @Override
        public boolean holdsAny() {
            return !held.isEmpty();
        }

        @Override
        public boolean copies(int partition) {
            return false;
        }
    }

    private static final class Others implements Peers {
        private final Map<PeerAddress, Holding> said = new HashMap<>();
        private final Map<PeerAddress, Holds> others = new HashMap<>();

        /** @param believed what the others think that it holds */
        Others with(PeerAddress peer, Set<Integer> believed, Set<Integer> held) {
            said.put(peer, new Holding(believed, Map.of()));
            others.put(peer, new Holds(held));
            return this;
        }

        @Override
        public RoutingTable table() {
            return RoutingTable.of(1, said);
        }

        @Override
        public Answer<CustomerUsage> ofCustomer(PeerAddress peer, CustomerQuestion question, Duration atMost)
                throws PeerFailed {
            throw new PeerFailed("nobody asks");
        }

        @Override
        public Answer<UsageByCustomer> byCustomer(PeerAddress peer, PartQuestion question, Duration atMost)
                throws PeerFailed {
            throw new PeerFailed("nobody asks");
        }

        @Override
        public <Q, A> Answer<Part<A>> ask(PeerAddress peer, PartKind<Q, A> kind, PartAsked<Q> question, Duration atMost)
                throws PeerFailed {
            Holds other = others.get(peer);
            if (other == null || other.held().isEmpty()) {
                throw new PeerFailed(peer + " is gone");
            }
            return other.ask(kind, question);
        }
    }

    private static Answer<Part<Integer>> ask(Set<Integer> here, Peers peers, Wait wait) {
        var held = new Holds(here);
        try (var routed = new RoutedParts(READERS, held, held, peers, PARTITIONS, CLOCK)) {
            return routed.ofAll(NUMBER.kind(), "?", wait);
        }
    }

    private static Part<Integer> found(Answer<Part<Integer>> answer) {
        assertThat(answer).isInstanceOf(Answer.Found.class);
        return ((Answer.Found<Part<Integer>>) answer).value();
    }

    @Test
    void asksEachPartitionOnceWhoeverHoldsIt() {
        var others = new Others().with(ONE, Set.of(1, 2), Set.of(1, 2)).with(TWO, Set.of(3), Set.of(3));
        Part<Integer> all = found(ask(Set.of(0, 1), others, Wait.NOT));
        assertThat(all.value()).isEqualTo(6);
        assertThat(all.freshness().complete()).isTrue();
        assertThat(all.freshness().asOf()).as("that of the oldest").isEqualTo(NOW.minusSeconds(2));
        assertThat(Position.parse(all.freshness().position()).orElseThrow().names(3))
                .isTrue();
    }

    @Test
    void namesThePartitionsThatNobodyAnsweredFor() {
        var others = new Others().with(ONE, Set.of(1, 2), Set.of(1)).with(TWO, Set.of(3), Set.of());
        Part<Integer> some = found(ask(Set.of(0), others, Wait.NOT));
        assertThat(some.value()).isEqualTo(1);
        assertThat(some.freshness().missingPartitions()).containsExactly(2, 3);
    }

    @Test
    void isNotReadyWhereNobodyAnswersAtAll() {
        assertThat(ask(Set.of(), new Others(), Wait.NOT)).isInstanceOf(Answer.NotReady.class);
        assertThat(ask(Set.of(), Peers.NONE, Wait.NOT)).isInstanceOf(Answer.NotReady.class);
    }

    @Test
    void saysNothingThatIsOlderThanItMayBe() {
        var young = new Wait(Optional.empty(), Duration.ZERO, Optional.of(Duration.ofSeconds(4)));
        assertThat(found(ask(Set.of(0, 1, 2, 3), Peers.NONE, young)).value()).isEqualTo(6);
        var younger = new Wait(Optional.empty(), Duration.ZERO, Optional.of(Duration.ofSeconds(3)));
        assertThat(ask(Set.of(0, 1, 2, 3), Peers.NONE, younger))
                .isInstanceOfSatisfying(
                        Answer.NotReady.class, late -> assertThat(late.reason()).isEqualTo(Answer.Reason.TOO_STALE));
    }

    @Test
    void asksOfOneCustomerItsPartitionAlone() {
        int partition = new EventKey("acme", "c").partition(PARTITIONS);
        var held = new Holds(Set.of(0, 1, 2, 3));
        try (var routed = new RoutedParts(READERS, held, held, Peers.NONE, PARTITIONS, CLOCK)) {
            assertThat(found(routed.ofCustomer(NUMBER.kind(), "?", "acme", "c", Wait.NOT))
                            .value())
                    .isEqualTo(partition);
        }
    }
}
