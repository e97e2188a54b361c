package io.tidemark.streams.routing;

import io.tidemark.schemas.EventKey;
import io.tidemark.streams.reading.Answer;
import io.tidemark.streams.reading.Answer.NotReady;
import io.tidemark.streams.reading.Answer.Reason;
import io.tidemark.streams.reading.Freshness;
import io.tidemark.streams.reading.HeldParts;
import io.tidemark.streams.reading.Part;
import io.tidemark.streams.reading.PartAsked;
import io.tidemark.streams.reading.PartKind;
import io.tidemark.streams.reading.PartReaders;
import io.tidemark.streams.reading.Parts;
import io.tidemark.streams.reading.Wait;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Any question, asked of whoever holds the partitions it is of: each holder once, and again for a while where nobody answers. */
public final class RoutedParts implements Parts, AutoCloseable {
    private final PartReaders readers;
    private final HeldParts held;
    private final Here here;
    private final Peers peers;
    private final int partitions;
    private final Clock clock;
    private final Scatter scatter;

    /**
     * @param readers put together what several said
     * @param held what this instance can say alone
     * @param here of which partitions that is
     */
    public RoutedParts(PartReaders readers, HeldParts held, Here here, Peers peers, int partitions, Clock clock) {
        this.readers = readers;
        this.held = held;
        this.here = here;
        this.peers = peers;
        this.partitions = partitions;
        this.clock = clock;
        scatter = new Scatter(here, peers);
    }

    @Override
    public <Q, A> Answer<Part<A>> ofAll(PartKind<Q, A> kind, Q question, Wait wait) {
        return of(kind, question, IntStream.range(0, partitions).boxed().collect(Collectors.toSet()), wait);
    }

    @Override
    public <Q, A> Answer<Part<A>> ofCustomer(
            PartKind<Q, A> kind, Q question, String tenant, String externalId, Wait wait) {
        return of(kind, question, Set.of(new EventKey(tenant, externalId).partition(partitions)), wait);
    }

    @Override
    public <Q, A> Answer<Part<A>> of(PartKind<Q, A> kind, Q question, Set<Integer> some, Wait wait) {
        var asked = new PartAsked<>(question, some, wait);
        // Who holds nothing and knows nobody says so at once: who asks tries another.
        boolean alone = peers == Peers.NONE || (peers.table().epoch() == 0 && !here.holdsAny());
        var patience = new Patience(wait.atMost(), alone ? Duration.ZERO : Patience.BUDGET);
        Scatter.Gathering<Part<A>> gathering = scatter.begin(wait, patience);
        gathering.gather(asking(kind, asked), asked.partitions());
        return gathering.hasParts() ? inTime(together(kind, asked, gathering.parts()), wait) : gathering.nothing();
    }

    private <Q, A> Part<A> together(PartKind<Q, A> kind, PartAsked<Q> asked, List<Scatter.Said<Part<A>>> said) {
        List<A> values = said.stream().map(one -> one.answer().value()).toList();
        return new Part<>(
                readers.of(kind).merge(asked.question(), values),
                Scatter.freshness(asked.partitions(), said, Part::freshness));
    }

    private <A> Answer<Part<A>> inTime(Part<A> part, Wait wait) {
        Instant asOf = part.freshness().asOf();
        return wait.maxStaleness()
                .filter(most -> asOf.isBefore(clock.instant().minus(most)))
                .<Answer<Part<A>>>map(
                        tooOld -> new NotReady<>(Reason.TOO_STALE, "what can be said now is as of " + asOf))
                .orElseGet(() -> new Answer.Found<>(part));
    }

    private <Q, A> Scatter.Question<Part<A>> asking(PartKind<Q, A> kind, PartAsked<Q> asked) {
        return new Scatter.Question<>() {
            @Override
            public Answer<Part<A>> here(Set<Integer> some, Wait waiting) {
                return held.ask(kind, asked.of(some, waiting));
            }

            @Override
            public Answer<Part<A>> peer(PeerAddress peer, Set<Integer> some, Wait waiting, Duration atMost)
                    throws PeerFailed {
                return peers.ask(peer, kind, asked.of(some, waiting), atMost);
            }

            @Override
            public Freshness freshness(Part<A> answer) {
                return answer.freshness();
            }
        };
    }

    @Override
    public void close() {
        scatter.close();
    }
}
