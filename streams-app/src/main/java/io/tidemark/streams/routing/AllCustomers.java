package io.tidemark.streams.routing;

import io.tidemark.streams.reading.Answer;
import io.tidemark.streams.reading.Freshness;
import io.tidemark.streams.reading.HeldUsage;
import io.tidemark.streams.reading.HeldUsage.PartQuestion;
import io.tidemark.streams.reading.UsageByCustomer;
import io.tidemark.streams.reading.Wait;
import java.time.Duration;
import java.util.Set;

/** Asks about all customers: each holder for the best rows of its partitions, until they can be put together. */
final class AllCustomers {
    /** Parts differ in what they leave to the data; asked again with that pinned, they agree. */
    private static final int TRIES = 4;

    private final Scatter scatter;
    private final HeldUsage held;
    private final Peers peers;

    AllCustomers(Scatter scatter, HeldUsage held, Peers peers) {
        this.scatter = scatter;
        this.held = held;
        this.peers = peers;
    }

    Answer<UsageByCustomer> ask(PartQuestion question, Patience patience) {
        Scatter.Gathering<UsageByCustomer> gathering = scatter.begin(question.waiting(), patience);
        gathering.gather(asking(question), question.partitions());
        for (int tries = 0; tries < TRIES && gathering.hasParts(); tries++) {
            var merge = new Merge(question.query(), gathering.parts());
            Set<Integer> differing = merge.differing();
            if (differing.isEmpty()) {
                return merge.answer(question.partitions());
            }
            gathering.forget(differing);
            gathering.gather(asking(question.pinned(merge.period(), merge.sortBy())), differing);
        }
        return gathering.nothing();
    }

    private Scatter.Question<UsageByCustomer> asking(PartQuestion question) {
        return new Scatter.Question<>() {
            @Override
            public Answer<UsageByCustomer> here(Set<Integer> some, Wait waiting) {
                return held.byCustomer(question.of(some, waiting));
            }

            @Override
            public Answer<UsageByCustomer> peer(PeerAddress peer, Set<Integer> some, Wait waiting, Duration atMost)
                    throws PeerFailed {
                return peers.byCustomer(peer, question.of(some, waiting), atMost);
            }

            @Override
            public Freshness freshness(UsageByCustomer answer) {
                return answer.freshness();
            }
        };
    }
}
