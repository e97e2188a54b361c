package io.tidemark.streams.pages;

import static java.util.Objects.requireNonNull;

import io.tidemark.streams.MeteringSettings.PageCache;
import io.tidemark.streams.event.Amounts;
import io.tidemark.streams.event.Event;
import io.tidemark.streams.event.EventKind;
import io.tidemark.streams.hot.BytesOut;
import io.tidemark.streams.hot.HotStore;
import io.tidemark.streams.hot.OpenStores;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What adding up costs an event, its share of the commit included, in both forms: pages and progress in the real store, with RocksDB and
 * everything that Kafka Streams puts before it; the changelog goes nowhere. 10,000 customers, of which the n-th has a share of 1/n.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class AddUpBenchmark {
    /** What a partition gets in a commit interval at 100,000 events a second over twelve. */
    private static final int COMMIT = 2_000;

    private static final int CUSTOMERS = 10_000;
    private static final int EVENTS = 300_000;
    private static final long NOW = 29_500_000;
    private static final Bytes PROGRESS = new BytesOut().raw(HotStore.PROGRESS).toKey();

    @Param({"DECODED", "STOCK"})
    private PageCache.Form form = PageCache.Form.DECODED;

    /** How many minutes ago the oldest events occurred: live traffic, thirty days. */
    @Param({"10", "43200"})
    private int minutes = 10;

    private final List<Event> events = new ArrayList<>();
    private int next;
    private @Nullable TopologyTestDriver driver;
    private @Nullable TaskPages pages;

    @Setup
    public void open() throws IOException {
        var topology = new Topology();
        topology.addSource("nothing", new ByteArrayDeserializer(), new ByteArrayDeserializer(), "nothing");
        topology.addProcessor("idle", Idle::new, "nothing");
        topology.addStateStore(HotStore.builder(new OpenStores(partition -> {})), "idle");
        var config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, "add-up");
        config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:1");
        config.put(
                StreamsConfig.STATE_DIR_CONFIG,
                Files.createTempDirectory("tidemark-add-up").toString());
        config.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 64L << 20);
        var opened = new TopologyTestDriver(topology, config, Instant.EPOCH);
        pages = new PageMemory(new PageCache(form, 32L << 20)).open(opened.getKeyValueStore(HotStore.NAME));
        driver = opened;
        draw();
    }

    private void draw() {
        var random = new SplittableRandom(20_261_120);
        double log = Math.log(CUSTOMERS);
        for (int i = 0; i < EVENTS; i++) {
            String customer = "customer_" + (int) Math.exp(random.nextDouble() * log);
            long minute = NOW - random.nextInt(minutes);
            Amounts reading = Amounts.of(EventKind.REQUEST);
            reading.add(Amounts.OfRequest.COUNT, 1);
            reading.add(Amounts.OfRequest.INPUT_TOKENS, random.nextInt(4_000));
            reading.add(Amounts.OfRequest.OUTPUT_TOKENS, random.nextInt(1_000));
            reading.add(Amounts.OfRequest.CREDITS, random.nextLong(3_000_000_000L));
            reading.add(Amounts.OfRequest.COST, random.nextLong(10_000_000L));
            events.add(new Event(
                    EventKind.REQUEST, "demo", customer, "", "", minute * 60_000_000, "requests", "USD", reading, 0));
        }
    }

    @Benchmark
    @OperationsPerInvocation(COMMIT)
    public long addUp() {
        var running = requireNonNull(driver);
        KeyValueStore<Bytes, byte[]> store = running.getKeyValueStore(HotStore.NAME);
        var adding = requireNonNull(pages);
        for (int i = 0; i < COMMIT; i++) {
            adding.add(events.get(next), (NOW + 1) * 60_000, Horizon.NONE);
            next = (next + 1) % EVENTS;
            store.put(PROGRESS, new BytesOut().number(next).toBytes());
        }
        store.commit(Map.of());
        // The driver takes up what was sent when it does something itself.
        running.advanceWallClockTime(Duration.ZERO);
        return running.createOutputTopic(
                        "add-up-" + HotStore.NAME + "-changelog",
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())
                .readRecordsToList()
                .size();
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
