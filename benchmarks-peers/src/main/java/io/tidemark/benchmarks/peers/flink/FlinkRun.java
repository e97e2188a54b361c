package io.tidemark.benchmarks.peers.flink;

import io.tidemark.benchmarks.measuring.Committed;
import io.tidemark.benchmarks.measuring.Directories;
import io.tidemark.benchmarks.measuring.Figures;
import io.tidemark.benchmarks.measuring.Lane;
import io.tidemark.benchmarks.measuring.Stopwatch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/** The job. Its time ends when a checkpoint has committed the last offset; what it counted it is asked for afterwards. */
final class FlinkRun {
    private static final String GROUP = "flink";
    private static final int PARALLELISM = 2;
    /** More often costs more; nobody reads in between. */
    private static final Duration CHECKPOINT = Duration.ofSeconds(1);

    private final Lane lane;
    private final String backend;

    FlinkRun(Lane lane, String backend) {
        this.lane = lane;
        this.backend = backend;
    }

    Figures run() throws Exception {
        var stopwatch = Stopwatch.of(lane);
        try (var committed = new Committed(lane)) {
            JobClient job = start();
            committed.time(GROUP, stopwatch);
            long stored = Directories.bytes(checkpoints());
            // Draining ends event time, at which each customer's sums are told.
            job.stopWithSavepoint(true, uri("savepoint"), SavepointFormatType.NATIVE)
                    .get();
            return stopwatch.figures(Found.counted(), 0, stored);
        }
    }

    private JobClient start() throws Exception {
        var environment = StreamExecutionEnvironment.createLocalEnvironment(PARALLELISM, settings());
        environment
                .fromSource(source(), WatermarkStrategy.noWatermarks(), "requests")
                .keyBy(event -> event.f0, Types.STRING)
                .process(new AddUp(), Types.VOID)
                .sinkTo(new DiscardingSink<>());
        return environment.executeAsync();
    }

    private KafkaSource<FlinkEvents.Event> source() {
        var further = new Properties();
        further.putAll(lane.fetch().consumer());
        return KafkaSource.<FlinkEvents.Event>builder()
                .setBootstrapServers(lane.kafka())
                .setTopics(lane.course().topic())
                .setGroupId(GROUP)
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setDeserializer(KafkaRecordDeserializationSchema.valueOnly(new FlinkEvents()))
                .setProperties(further)
                .build();
    }

    private Configuration settings() {
        return new Configuration()
                .set(StateBackendOptions.STATE_BACKEND, backend)
                .set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true)
                .set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, uri("checkpoints"))
                .set(CheckpointingOptions.CHECKPOINTING_INTERVAL, CHECKPOINT)
                // No copies between steps of one thread.
                .set(PipelineOptions.OBJECT_REUSE, true)
                .set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(1024))
                .set(RestOptions.BIND_PORT, "0");
    }

    private Path checkpoints() {
        return lane.directory().resolve("checkpoints");
    }

    private String uri(String name) {
        return lane.directory().resolve(name).toUri().toString();
    }
}
