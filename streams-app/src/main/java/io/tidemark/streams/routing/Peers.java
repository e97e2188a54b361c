package io.tidemark.streams.routing;

import io.tidemark.streams.reading.Answer;
import io.tidemark.streams.reading.CustomerUsage;
import io.tidemark.streams.reading.HeldUsage.CustomerQuestion;
import io.tidemark.streams.reading.HeldUsage.PartQuestion;
import io.tidemark.streams.reading.Part;
import io.tidemark.streams.reading.PartAsked;
import io.tidemark.streams.reading.PartKind;
import io.tidemark.streams.reading.UsageByCustomer;
import java.time.Duration;

/** The other instances of this deployment. A peer answers by what it holds itself and asks nobody. */
public interface Peers {

    /** There are none, or none may be asked. */
    Peers NONE = new Peers() {
        @Override
        public RoutingTable table() {
            return RoutingTable.ALONE;
        }

        @Override
        public Answer<CustomerUsage> ofCustomer(PeerAddress peer, CustomerQuestion question, Duration atMost)
                throws PeerFailed {
            throw new PeerFailed("there are no peers");
        }

        @Override
        public Answer<UsageByCustomer> byCustomer(PeerAddress peer, PartQuestion question, Duration atMost)
                throws PeerFailed {
            throw new PeerFailed("there are no peers");
        }

        @Override
        public <Q, A> Answer<Part<A>> ask(PeerAddress peer, PartKind<Q, A> kind, PartAsked<Q> question, Duration atMost)
                throws PeerFailed {
            throw new PeerFailed("there are no peers");
        }
    };

    /** Who holds what, as of the last fraction of a second. Costs nothing. */
    RoutingTable table();

    /**
     * Asks one peer for a customer's usage.
     *
     * @param atMost until when it is worth answering
     * @throws PeerFailed when no answer of it can be used
     */
    Answer<CustomerUsage> ofCustomer(PeerAddress peer, CustomerQuestion question, Duration atMost) throws PeerFailed;

    /**
     * Asks one peer for its part of an answer about all customers.
     *
     * @param atMost until when it is worth answering
     * @throws PeerFailed when no answer of it can be used
     */
    Answer<UsageByCustomer> byCustomer(PeerAddress peer, PartQuestion question, Duration atMost) throws PeerFailed;

    /**
     * Asks one peer for its part of an answer to any question; one of an earlier release, which does not know it, holds nothing of it.
     *
     * @param atMost until when it is worth answering
     * @throws PeerFailed when no answer of it can be used
     */
    <Q, A> Answer<Part<A>> ask(PeerAddress peer, PartKind<Q, A> kind, PartAsked<Q> question, Duration atMost)
            throws PeerFailed;
}
