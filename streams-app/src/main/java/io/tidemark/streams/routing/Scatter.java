package io.tidemark.streams.routing;

import io.tidemark.streams.reading.Answer;
import io.tidemark.streams.reading.Answer.Found;
import io.tidemark.streams.reading.Answer.NotReady;
import io.tidemark.streams.reading.Answer.Reason;
import io.tidemark.streams.reading.Freshness;
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
import java.util.function.Function;

/**
 * Asks a question of whoever holds its partitions: each holder once, all at the same time. What one does not answer goes to the next.
 */
final class Scatter implements AutoCloseable {
    /** Beside whatever the question waits for: how long a scan of some partitions may take. */
    private static final Duration SCAN = Duration.ofSeconds(10);

    private static final Duration SCAN_AT_LEAST = Duration.ofMillis(60);
    private static final int MOST_AT_ONCE = 64;

    private final Here here;
    private final Peers peers;
    private final ExecutorService calls;
    private final Haste haste = new Haste(SCAN_AT_LEAST, SCAN);

    Scatter(Here here, Peers peers) {
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
    record Said<A>(Set<Integer> partitions, A answer) {}

    /** One question, whoever is asked. */
    interface Question<A> {

        /** Of this instance. */
        Answer<A> here(Set<Integer> some, Wait waiting);

        /**
         * Of another.
         *
         * @param atMost until when it is worth answering
         */
        Answer<A> peer(PeerAddress peer, Set<Integer> some, Wait waiting, Duration atMost) throws PeerFailed;

        /** How fresh an answer is, and what it misses. */
        Freshness freshness(A answer);
    }

    /** How fresh all that was said is together, and which of the partitions that were asked it misses. */
    static <A> Freshness freshness(Set<Integer> asked, List<Said<A>> parts, Function<A, Freshness> ofOne) {
        var missing = new TreeSet<>(asked);
        parts.forEach(part -> missing.removeAll(part.partitions()));
        return Freshness.ofAll(
                parts.stream().map(part -> ofOne.apply(part.answer())).toList(), missing);
    }

    /** Begins to ask. */
    <A> Gathering<A> begin(Wait waiting, Patience patience) {
        return new Gathering<>(waiting, patience);
    }

    /** One question's answers so far. */
    final class Gathering<A> {
        private final List<Said<A>> said = new ArrayList<>();
        private final Wait waiting;
        private final Patience patience;
        private Optional<Answer<A>> refusal = Optional.empty();

        private Gathering(Wait waiting, Patience patience) {
            this.waiting = waiting;
            this.patience = patience;
        }

        /** What was answered; no partition is in two of them. */
        List<Said<A>> parts() {
            return List.copyOf(said);
        }

        /** Whether they can be put together. */
        boolean hasParts() {
            return refusal.isEmpty() && !said.isEmpty();
        }

        /** Until all partitions of the question are answered for, or everybody has been asked for long enough. */
        void gather(Question<A> question, Set<Integer> partitions) {
            var left = new TreeSet<>(partitions);
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
                Question<A> question,
                Map<Holder, Set<Integer>> round,
                Map<Integer, Set<Holder>> asked,
                Set<Integer> left) {
            var answers = new HashMap<Set<Integer>, CompletableFuture<Optional<Answer<A>>>>();
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
                    answers.put(some, CompletableFuture.completedFuture(Optional.of(question.here(some, left()))));
                }
            });
            answers.forEach((some, answer) -> answer.join().ifPresent(said -> take(question, some, said, left)));
        }

        /** @param beyond how long the peer may take beside what the question waits for */
        private Optional<Answer<A>> askPeer(Holder holder, Question<A> question, Set<Integer> some, Duration beyond) {
            Duration atMost = patience.left().plus(beyond);
            var timed = new Timed(haste, waiting, atMost);
            try {
                Answer<A> answer = question.peer(holder.peer().orElseThrow(), some, left(), atMost);
                timed.answered();
                return Optional.of(answer);
            } catch (PeerFailed failed) {
                timed.failed();
                return Optional.empty();
            }
        }

        private Wait left() {
            return waiting.within(patience.left());
        }

        private void take(Question<A> question, Set<Integer> some, Answer<A> answer, Set<Integer> left) {
            if (answer instanceof Found<A> found) {
                var has = new TreeSet<>(some);
                has.removeAll(question.freshness(found.value()).missingPartitions());
                left.removeAll(has);
                said.add(new Said<>(has, found.value()));
            } else if (!(answer instanceof NotReady<A> notReady)
                    || notReady.reason() == Reason.BUSY
                    || notReady.reason() == Reason.NOT_CAUGHT_UP) {
                refusal = Optional.of(answer);
            }
        }

        void forget(Set<Integer> partitions) {
            said.removeIf(part -> partitions.containsAll(part.partitions()));
        }

        /** What is said when there are no parts to be put together. */
        Answer<A> nothing() {
            return refusal.orElseGet(() -> new NotReady<>(Reason.MOVING, "no partition can be asked now"));
        }
    }

    @Override
    public void close() {
        calls.shutdownNow();
    }
}
