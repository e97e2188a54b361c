package io.tidemark.streams.routing;

import io.tidemark.streams.reading.Answer;
import io.tidemark.streams.reading.Answer.Found;
import io.tidemark.streams.reading.Answer.NotReady;
import io.tidemark.streams.reading.Answer.Reason;
import io.tidemark.streams.reading.HeldUsage;
import io.tidemark.streams.reading.HeldUsage.PartQuestion;
import io.tidemark.streams.reading.UsageByCustomer;
import io.tidemark.streams.reading.Wait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Asks a question about all customers of whoever holds their partitions: each holder once, all at the same time, each for the best rows of
 * its partitions. What one does not answer goes to the next.
 */
final class Scatter implements AutoCloseable {
    /** Beside whatever the question waits for: how long a scan of some partitions may take. */
    private static final Duration SCAN = Duration.ofSeconds(10);

    private static final Duration SCAN_AT_LEAST = Duration.ofMillis(60);
    /** Parts differ in what they leave to the data; asked again with that pinned, they agree. */
    private static final int TRIES = 4;

    private static final int MOST_AT_ONCE = 64;

    private final HeldUsage held;
    private final Here here;
    private final Peers peers;
    private final ExecutorService calls;
    private final Haste haste = new Haste(SCAN_AT_LEAST, SCAN);

    Scatter(HeldUsage held, Here here, Peers peers) {
        this.held = held;
        this.here = here;
        this.peers = peers;
        calls = new ThreadPoolExecutor(
                0,
                MOST_AT_ONCE,
                1,
                TimeUnit.MINUTES,
                new SynchronousQueue<>(),
                task -> {
                    var thread = new Thread(task, "tidemark-scatter");
                    thread.setDaemon(true);
                    return thread;
                },
                new ThreadPoolExecutor.CallerRunsPolicy());
    }

    /** What some partitions answered; those it misses are in its freshness. */
    record Part(Set<Integer> partitions, UsageByCustomer usage) {}

    Answer<UsageByCustomer> ask(PartQuestion question, Patience patience) {
        var gathering = new Gathering(patience);
        gathering.gather(question);
        for (int tries = 0; tries < TRIES && gathering.hasParts(); tries++) {
            var merge = new Merge(question.query(), gathering.parts);
            Set<Integer> differing = merge.differing();
            if (differing.isEmpty()) {
                return merge.answer(question.partitions());
            }
            gathering.forget(differing);
            gathering.gather(question.of(differing, question.waiting()).pinned(merge.period(), merge.sortBy()));
        }
        return gathering.nothing();
    }

    /** One question's answers so far. */
    private final class Gathering {
        private final List<Part> parts = new ArrayList<>();
        private final Patience patience;
        private Optional<Answer<UsageByCustomer>> refusal = Optional.empty();

        Gathering(Patience patience) {
            this.patience = patience;
        }

        /** Whether they can be put together. */
        boolean hasParts() {
            return refusal.isEmpty() && !parts.isEmpty();
        }

        /** Until all partitions of the question are answered for, or everybody has been asked for long enough. */
        void gather(PartQuestion question) {
            var left = new TreeSet<>(question.partitions());
            do {
                var asked = new HashMap<Integer, Set<Holder>>();
                Map<Holder, Set<Integer>> round = next(left, asked);
                while (!round.isEmpty() && refusal.isEmpty()) {
                    askAll(question, round, asked, left);
                    round = next(left, asked);
                }
            } while (!left.isEmpty() && refusal.isEmpty() && patience.again());
        }

        /** Of each partition that is left, the best holder that was not asked yet. */
        private Map<Holder, Set<Integer>> next(Set<Integer> left, Map<Integer, Set<Holder>> asked) {
            var round = new HashMap<Holder, Set<Integer>>();
            RoutingTable table = peers.table();
            for (int partition : left) {
                Set<Holder> before = asked.computeIfAbsent(partition, any -> new HashSet<>());
                Holder.of(partition, here, table).stream()
                        .filter(before::add)
                        .findFirst()
                        .ifPresent(holder -> round.computeIfAbsent(holder, any -> new TreeSet<>())
                                .add(partition));
            }
            return round;
        }

        /** Whether each of the partitions has somebody who was not asked yet. */
        private boolean hasOthers(Set<Integer> some, Map<Integer, Set<Holder>> asked) {
            RoutingTable table = peers.table();
            return some.stream()
                    .allMatch(partition -> Holder.of(partition, here, table).stream()
                            .anyMatch(holder ->
                                    !asked.getOrDefault(partition, Set.of()).contains(holder)));
        }

        private void askAll(
                PartQuestion question,
                Map<Holder, Set<Integer>> round,
                Map<Integer, Set<Holder>> asked,
                Set<Integer> left) {
            var answers = new HashMap<Set<Integer>, CompletableFuture<Optional<Answer<UsageByCustomer>>>>();
            // Peers first: they work while this thread does.
            round.forEach((holder, some) -> {
                if (!holder.isHere()) {
                    Duration beyond = hasOthers(some, asked) ? haste.given() : SCAN;
                    answers.put(
                            some, CompletableFuture.supplyAsync(() -> askPeer(holder, question, some, beyond), calls));
                }
            });
            round.forEach((holder, some) -> {
                if (holder.isHere()) {
                    answers.put(
                            some,
                            CompletableFuture.completedFuture(
                                    Optional.of(held.byCustomer(question.of(some, waiting(question))))));
                }
            });
            answers.forEach((some, answer) -> answer.join().ifPresent(said -> take(some, said, left)));
        }

        /** @param beyond how long the peer may take beside what the question waits for */
        private Optional<Answer<UsageByCustomer>> askPeer(
                Holder holder, PartQuestion question, Set<Integer> some, Duration beyond) {
            Duration atMost = patience.left().plus(beyond);
            var timed = new Timed(haste, question.waiting(), atMost);
            try {
                Answer<UsageByCustomer> said =
                        peers.byCustomer(holder.peer().orElseThrow(), question.of(some, waiting(question)), atMost);
                timed.answered();
                return Optional.of(said);
            } catch (PeerFailed failed) {
                timed.failed();
                return Optional.empty();
            }
        }

        private Wait waiting(PartQuestion question) {
            return question.waiting().within(patience.left());
        }

        private void take(Set<Integer> some, Answer<UsageByCustomer> said, Set<Integer> left) {
            if (said instanceof Found<UsageByCustomer> found) {
                var has = new TreeSet<>(some);
                has.removeAll(found.value().freshness().missingPartitions());
                left.removeAll(has);
                parts.add(new Part(has, found.value()));
            } else if (!(said instanceof NotReady<UsageByCustomer> notReady)
                    || notReady.reason() == Reason.BUSY
                    || notReady.reason() == Reason.NOT_CAUGHT_UP) {
                refusal = Optional.of(said);
            }
        }

        void forget(Set<Integer> partitions) {
            parts.removeIf(part -> partitions.containsAll(part.partitions()));
        }

        /** What is said when there are no parts to be put together. */
        Answer<UsageByCustomer> nothing() {
            return refusal.orElseGet(() -> new NotReady<>(Reason.MOVING, "no partition can be asked now"));
        }
    }

    @Override
    public void close() {
        calls.shutdownNow();
    }
}
