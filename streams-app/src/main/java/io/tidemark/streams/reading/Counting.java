package io.tidemark.streams.reading;

import io.tidemark.streams.accounts.Served;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.TaskMetadata;

/** Says whether this instance counts and can be asked. */
public final class Counting {
    private final KafkaStreams streams;
    private final Served served;
    private final Lag lag;
    private final Clock clock;

    public Counting(KafkaStreams streams, Served served, Lag lag, Clock clock) {
        this.streams = streams;
        this.served = served;
        this.lag = lag;
        this.clock = clock;
    }

    public Health health() {
        KafkaStreams.State state = streams.state();
        if (state == KafkaStreams.State.ERROR || state.isShuttingDown() || state.hasCompletedShutdown()) {
            return new Health(false, false, List.of("counting has stopped: " + state));
        }
        var reasons = new ArrayList<String>();
        if (state == KafkaStreams.State.CREATED) {
            reasons.add("counting has not begun");
        }
        Set<Integer> owned = owned();
        Set<Integer> whole = served.all();
        if (owned.isEmpty() && whole.isEmpty() && state != KafkaStreams.State.RUNNING) {
            reasons.add("no partition is assigned yet");
        }
        var unready = new TreeSet<>(owned);
        unready.removeAll(whole);
        if (!unready.isEmpty()) {
            reasons.add("partitions are being restored: " + unready);
        }
        reasons.addAll(lag.stopped(clock.instant(), whole));
        return new Health(true, reasons.isEmpty(), reasons);
    }

    private Set<Integer> owned() {
        return streams.metadataForLocalThreads().stream()
                .flatMap(thread -> thread.activeTasks().stream())
                .map(TaskMetadata::taskId)
                .map(task -> task.partition())
                .collect(Collectors.toSet());
    }
}
