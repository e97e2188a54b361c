package io.tidemark.streams.routing;

import io.tidemark.schemas.EventKey;
import io.tidemark.streams.reading.Answer;
import io.tidemark.streams.reading.Answer.NotReady;
import io.tidemark.streams.reading.Answer.Reason;
import io.tidemark.streams.reading.ByCustomerQuery;
import io.tidemark.streams.reading.CustomerUsage;
import io.tidemark.streams.reading.Freshness;
import io.tidemark.streams.reading.HeldUsage;
import io.tidemark.streams.reading.HeldUsage.CustomerQuestion;
import io.tidemark.streams.reading.HeldUsage.PartQuestion;
import io.tidemark.streams.reading.Period;
import io.tidemark.streams.reading.UsageByCustomer;
import io.tidemark.streams.reading.UsageReadModel;
import io.tidemark.streams.reading.Wait;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Usage as any instance can tell it, whoever holds the partitions.
 *
 * <p>One customer: who counts its partition, here or one hop away; where that one is gone, who keeps a copy of it. All customers: every
 * partition once, grouped by who holds it. Who does not answer costs the time in which the next is asked; where nobody answers, all are
 * asked anew for {@link Patience#BUDGET}.
 */
public final class RoutedUsage implements UsageReadModel, AutoCloseable {
    /** Beside whatever a question waits for: a peer that has not answered one customer's usage by then is passed over, at the latest. */
    private static final Duration ONE_CUSTOMER = Duration.ofMillis(300);

    private static final Duration ONE_CUSTOMER_AT_LEAST = Duration.ofMillis(40);
    /** The same where nobody else could be asked. */
    private static final Duration LAST_RESORT = Duration.ofSeconds(5);

    private final HeldUsage held;
    private final Here here;
    private final Peers peers;
    private final int partitions;
    private final Clock clock;
    private final Scatter scatter;
    private final AllCustomers all;
    private final Duration budget;
    private final Haste haste = new Haste(ONE_CUSTOMER_AT_LEAST, ONE_CUSTOMER);

    /**
     * @param held what this instance can say alone
     * @param here of which partitions that is
     */
    public RoutedUsage(HeldUsage held, Here here, Peers peers, int partitions, Clock clock) {
        this.held = held;
        this.here = here;
        this.peers = peers;
        this.partitions = partitions;
        this.clock = clock;
        // What an instance that knows no others does not hold now, it will not hold a moment later.
        budget = peers == Peers.NONE ? Duration.ZERO : Patience.BUDGET;
        scatter = new Scatter(here, peers);
        all = new AllCustomers(scatter, held, peers);
    }

    @Override
    public Answer<CustomerUsage> ofCustomer(String tenant, String externalId, Period period, Wait wait) {
        return ofCustomer(new CustomerQuestion(tenant, externalId, period, false, wait));
    }

    @Override
    public Answer<CustomerUsage> explain(String tenant, String externalId, Period period, Wait wait) {
        return ofCustomer(new CustomerQuestion(tenant, externalId, period, true, wait));
    }

    private Answer<CustomerUsage> ofCustomer(CustomerQuestion question) {
        int partition = new EventKey(question.tenant(), question.externalId()).partition(partitions);
        Wait wait = question.waiting();
        var patience = new Patience(wait.atMost(), budget());
        Answer<CustomerUsage> last = new NotReady<>(Reason.MOVING, "nobody holds partition " + partition + " now");
        Duration given = haste.given();
        do {
            List<Holder> holders = Holder.of(partition, here, peers.table());
            for (int i = 0; i < holders.size(); i++) {
                Duration beyond = i + 1 < holders.size() ? given : LAST_RESORT;
                Optional<Answer<CustomerUsage>> said =
                        ask(holders.get(i), question.within(wait.within(patience.left())), beyond);
                if (said.isPresent()) {
                    last = inTime(said.get(), wait, CustomerUsage::freshness);
                    if (isFinal(last)) {
                        return last;
                    }
                }
            }
            // Nobody else had it: now it is worth waiting for.
            given = ONE_CUSTOMER;
        } while (patience.again());
        return last;
    }

    /** @param beyond how long a peer may take beside what the question waits for */
    private Optional<Answer<CustomerUsage>> ask(Holder holder, CustomerQuestion question, Duration beyond) {
        if (holder.isHere()) {
            return Optional.of(held.ofCustomer(question));
        }
        Duration atMost = question.waiting().atMost().plus(beyond);
        var timed = new Timed(haste, question.waiting(), atMost);
        try {
            Answer<CustomerUsage> said = peers.ofCustomer(holder.peer().orElseThrow(), question, atMost);
            timed.answered();
            return Optional.of(said);
        } catch (PeerFailed failed) {
            timed.failed();
            return Optional.empty();
        }
    }

    @Override
    public Answer<UsageByCustomer> byCustomer(String tenant, Period period, ByCustomerQuery query, Wait wait) {
        var everywhere = IntStream.range(0, partitions).boxed().collect(Collectors.toSet());
        var question = new PartQuestion(tenant, period, query, everywhere, wait);
        var patience = new Patience(wait.atMost(), budget());
        Answer<UsageByCustomer> answer;
        do {
            answer = inTime(all.ask(question, patience), wait, UsageByCustomer::freshness);
        } while (!isFinal(answer) && patience.again());
        return answer;
    }

    /** An instance that has just begun knows nobody and holds nothing: who asks it is told so at once, and asks another. */
    private Duration budget() {
        return peers.table().epoch() == 0 && !here.holdsAny() ? Duration.ZERO : budget;
    }

    /** An answer that is older than it may be is none. */
    private <T> Answer<T> inTime(Answer<T> answer, Wait wait, Function<T, Freshness> freshness) {
        return answer.fold(new Answer.Cases<T, Answer<T>>(
                found -> wait.maxStaleness()
                                .filter(most -> freshness
                                        .apply(found)
                                        .asOf()
                                        .isBefore(clock.instant().minus(most)))
                                .isPresent()
                        ? new NotReady<>(
                                Reason.TOO_STALE,
                                "what can be said now is as of "
                                        + freshness.apply(found).asOf())
                        : answer,
                () -> answer,
                (reason, detail) -> answer,
                (parameter, message) -> answer));
    }

    /** Whether nobody else would say anything else. */
    private static boolean isFinal(Answer<?> answer) {
        return !(answer instanceof NotReady<?> notReady)
                || notReady.reason() == Reason.BUSY
                || notReady.reason() == Reason.NOT_CAUGHT_UP;
    }

    @Override
    public void close() {
        scatter.close();
    }
}
