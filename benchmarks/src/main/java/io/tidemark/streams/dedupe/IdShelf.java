package io.tidemark.streams.dedupe;

import io.tidemark.streams.BoundedMemory;
import io.tidemark.streams.MeteringSettings.IdForm;
import io.tidemark.streams.MeteringSettings.TimeRule;
import io.tidemark.streams.event.Coordinates;
import io.tidemark.streams.event.Source;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/** The store of ids as a task has it, RocksDB with the settings of the product, but for the log that goes to Kafka. */
final class IdShelf implements AutoCloseable {
    private final TopologyTestDriver driver;
    private final KeyValueStore<Bytes, byte[]> store;

    IdShelf(Path directory) {
        var topology = new Topology();
        topology.addSource("nothing", new ByteArrayDeserializer(), new ByteArrayDeserializer(), "nothing");
        topology.addProcessor("idle", Idle::new, "nothing");
        topology.addStateStore(SeenIds.builder().withLoggingDisabled(), "idle");
        var config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, "shelf");
        config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:1");
        config.put(StreamsConfig.STATE_DIR_CONFIG, directory.toString());
        config.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedMemory.class);
        driver = new TopologyTestDriver(topology, config, Instant.EPOCH);
        store = driver.getKeyValueStore(SeenIds.NAME);
    }

    SeenIds open(IdForm form, IdsMemory memory) {
        return new SeenIds(store, TimeRule.DEFAULT, form, Bounds.DEFAULT, memory);
    }

    /** Writes what RocksDB still has in memory to the disk. */
    void settle() {
        store.commit(Map.of());
    }

    /** As good as a hash, and the same for the same number. */
    static Id id(long number) {
        return new Id(mixed(2 * number), mixed(2 * number + 1));
    }

    static FirstSight sight(long number) {
        return new FirstSight((int) number, new Coordinates(Source.REQUESTS, 3, number));
    }

    private static long mixed(long number) {
        long mixed = (number + 0x9e37_79b9_7f4a_7c15L) * 0xbf58_476d_1ce4_e5b9L;
        mixed = (mixed ^ (mixed >>> 30)) * 0x94d0_49bb_1331_11ebL;
        return mixed ^ (mixed >>> 31);
    }

    @Override
    public void close() {
        driver.close();
    }

    private static final class Idle implements Processor<byte[], byte[], Void, Void> {
        @Override
        public void process(Record<byte[], byte[]> record) {
            throw new IllegalStateException("nobody sends anything");
        }
    }
}
