package io.tidemark.benchmarks.contestants;

import io.tidemark.benchmarks.course.Counted;
import io.tidemark.benchmarks.measuring.Committed;
import io.tidemark.benchmarks.measuring.Directories;
import io.tidemark.benchmarks.measuring.Figures;
import io.tidemark.benchmarks.measuring.Lane;
import io.tidemark.benchmarks.measuring.Stopwatch;
import io.tidemark.schemas.AvroTrust;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;

/**
 * B: what somebody writes who knows Kafka Streams well and takes it as it comes. The DSL, Avro's generic records by Confluent's
 * serializers, a window store against repeats, three windowed aggregates, exactly once, stores and caches at their defaults.
 */
public final class Naive {
    private static final String APPLICATION = "naive";

    private Naive() {}

    public static void main(String[] words) throws Exception {
        // Confluent's generic reader looks for the generated class all the same.
        AvroTrust.establish();
        var lane = Lane.of(words);
        lane.finish(run(lane));
        Runtime.getRuntime().halt(0);
    }

    private static Figures run(Lane lane) throws Exception {
        Path state = lane.directory().resolve("state");
        var stopwatch = Stopwatch.of(lane);
        var topology = new NaiveTopology(lane);
        try (var committed = new Committed(lane)) {
            Counted counted;
            var streams = new KafkaStreams(topology.build(), settings(lane, state));
            try {
                streams.start();
                committed.time(APPLICATION, stopwatch);
                counted = topology.counted(streams);
            } finally {
                // Or the group would have a member that nobody can ask to leave.
                streams.close(CloseOptions.groupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
            }
            return stopwatch.figures(counted, committed.changelogBytes(APPLICATION), Directories.bytes(state));
        }
    }

    private static Properties settings(Lane lane, Path state) {
        var config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, APPLICATION);
        config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, lane.kafka());
        config.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
        config.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 2);
        config.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        config.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, lane.commitMillis());
        lane.fetch().consumer().forEach((name, value) -> config.put(StreamsConfig.mainConsumerPrefix(name), value));
        return config;
    }
}
