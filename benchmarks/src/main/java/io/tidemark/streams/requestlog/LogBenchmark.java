package io.tidemark.streams.requestlog;

import static java.util.Objects.requireNonNull;

import io.tidemark.benchmarks.SampleEvents;
import io.tidemark.events.RequestEvent;
import io.tidemark.streams.event.Amounts;
import io.tidemark.streams.event.Event;
import io.tidemark.streams.event.EventKind;
import io.tidemark.streams.event.Origin;
import io.tidemark.streams.event.Outcome.Accepted;
import io.tidemark.streams.event.Progress;
import io.tidemark.streams.event.Received;
import io.tidemark.streams.event.Source;
import io.tidemark.streams.hot.OpenStores;
import io.tidemark.streams.intake.WriterSchemas.Lookup;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What the request log costs an event, its share of the commit included: rows in the real store, with RocksDB and everything that Kafka Streams
 * puts before it; the changelog goes nowhere. 10,000 customers, of which the n-th has a share of 1/n, in the last ten minutes.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LogBenchmark {
    /** What a partition gets in a commit interval at 100,000 events a second over twelve. */
    private static final int COMMIT = 2_000;

    private static final int CUSTOMERS = 10_000;
    private static final long MINUTES_OF_LIVE_TRAFFIC = 10;

    private final Progress progress = Progress.none(Source.REQUESTS, 0);
    private final TaskLog log = new TaskLog();
    private final SplittableRandom random = new SplittableRandom(20_261_129);
    private final Amounts reading = Amounts.of(EventKind.REQUEST);
    private final String[] customers = new String[CUSTOMERS];
    private byte[] framed = {};
    private long offset;
    private @Nullable TopologyTestDriver driver;

    @Setup
    public void open() throws IOException {
        var topology = new Topology();
        topology.addSource("nothing", new ByteArrayDeserializer(), new ByteArrayDeserializer(), "nothing");
        topology.addProcessor("idle", Idle::new, "nothing");
        topology.addStateStore(LogStore.builder(new OpenStores(partition -> {})), "idle");
        var config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, "logging");
        config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:1");
        config.put(
                StreamsConfig.STATE_DIR_CONFIG,
                Files.createTempDirectory("tidemark-log").toString());
        var opened = new TopologyTestDriver(topology, config, Instant.EPOCH);
        driver = opened;
        framed = SampleEvents.onTheWire(SampleEvents.request());
        for (int i = 0; i < CUSTOMERS; i++) {
            customers[i] = "customer_" + i;
        }
        KeyValueStore<Bytes, byte[]> store = opened.getKeyValueStore(LogStore.NAME);
        var schema = new Lookup.Known(RequestEvent.getClassSchema());
        log.begin(
                new TaskLog.Written(
                        store,
                        new StoredSchemas(id -> schema, store),
                        new Ageing(store),
                        Duration.ofDays(7).toMillis(),
                        (horizon, whole) -> {}),
                List.of(progress),
                Duration.ofMinutes(5));
    }

    @Benchmark
    @OperationsPerInvocation(COMMIT)
    public long logs() {
        var running = requireNonNull(driver);
        for (int i = 0; i < COMMIT; i++) {
            log.counted(accepted());
        }
        log.write();
        // The driver takes up what was sent when it does something itself.
        running.advanceWallClockTime(Duration.ZERO);
        return running.createOutputTopic(
                        "logging-" + LogStore.NAME + "-changelog",
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())
                .readRecordsToList()
                .size();
    }

    /** Not the log's: event and record are there without it. */
    private Accepted accepted() {
        long appendedAt = SampleEvents.appendedAt() + offset / 10;
        long occurredAt = (appendedAt - random.nextLong(MINUTES_OF_LIVE_TRAFFIC * 60_000)) * 1_000;
        String customer = customers[(int) Math.exp(random.nextDouble() * Math.log(CUSTOMERS))];
        var event = new Event(EventKind.REQUEST, "demo", customer, "", "", occurredAt, "requests", "USD", reading, 0);
        var origin = new Origin(Source.REQUESTS, 0, offset, appendedAt);
        return new Accepted(new Received(offset++, progress, origin, null, framed, false), event);
    }

    @TearDown
    public void close() {
        requireNonNull(driver).close();
    }

    private static final class Idle implements Processor<byte[], byte[], Void, Void> {
        @Override
        public void process(Record<byte[], byte[]> record) {
            throw new IllegalStateException("nobody sends anything");
        }
    }
}
