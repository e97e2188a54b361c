package io.tidemark.streams.reading;

import io.tidemark.streams.accounts.Served;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;

/** Says whether this instance counts and can be asked. */
public final class Counting {
    private static final Duration SETTLED_AFTER = Duration.ofSeconds(5);

    private final KafkaStreams streams;
    private final String inputTopic;
    private final Served served;
    private final Lag lag;
    private final Clock clock;
    private final int partitions;
    private final Deaths deaths;
    private final Restores restores;
    private volatile boolean hasBeenReady;
    private volatile Instant settledSince = Instant.MAX;

    /**
     * @param inputTopic one that the counting tasks read, and no others
     * @param partitions how many there are, over all instances
     */
    public Counting(
            KafkaStreams streams,
            String inputTopic,
            Served served,
            Lag lag,
            Clock clock,
            int partitions,
            Deaths deaths,
            Restores restores) {
        this.streams = streams;
        this.inputTopic = inputTopic;
        this.served = served;
        this.lag = lag;
        this.clock = clock;
        this.partitions = partitions;
        this.deaths = deaths;
        this.restores = restores;
    }

    public Health health() {
        KafkaStreams.State state = streams.state();
        if (state == KafkaStreams.State.ERROR || state.isShuttingDown() || state.hasCompletedShutdown()) {
            return Health.stopped("counting has stopped: "
                    + deaths.recently().or(deaths::last).orElse(state.toString()));
        }
        var reasons = new ArrayList<String>();
        if (state == KafkaStreams.State.CREATED) {
            reasons.add("counting has not begun");
        }
        Set<Integer> owned = owned();
        Set<Integer> whole = served.all();
        if (!hasBeenReady && !hasSettled(state, owned, whole)) {
            reasons.add("partitions are being assigned");
        }
        var unready = new TreeSet<>(owned);
        unready.removeAll(whole);
        if (!unready.isEmpty()) {
            reasons.add("partitions are being restored: " + unready);
        }
        reasons.addAll(lag.stopped(clock.instant(), whole));
        if (!reasons.isEmpty()) {
            deaths.recently().ifPresent(reasons::add);
        }
        hasBeenReady |= reasons.isEmpty();
        return new Health(true, reasons.isEmpty(), hasBeenReady, reasons, restores.now());
    }

    /**
     * Whether the first assignment is through. Partitions come in several rounds: an instance that has them all is
     * there; one that has some and gets no more for a while shares them with others.
     */
    private boolean hasSettled(KafkaStreams.State state, Set<Integer> owned, Set<Integer> whole) {
        if (whole.size() == partitions) {
            return true;
        }
        Instant now = clock.instant();
        if (state != KafkaStreams.State.RUNNING || !whole.equals(owned)) {
            settledSince = Instant.MAX;
        } else if (settledSince.equals(Instant.MAX)) {
            settledSince = now;
        }
        return settledSince.isBefore(now.minus(SETTLED_AFTER));
    }

    private Set<Integer> owned() {
        return streams.metadataForLocalThreads().stream()
                .flatMap(thread -> thread.activeTasks().stream())
                .flatMap(task -> task.topicPartitions().stream())
                .filter(read -> read.topic().equals(inputTopic))
                .map(TopicPartition::partition)
                .collect(Collectors.toSet());
    }
}
