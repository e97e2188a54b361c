package io.tidemark.streams;

import io.tidemark.schemas.Topics;
import io.tidemark.streams.administration.NewTopics;
import io.tidemark.streams.commits.Pace;
import io.tidemark.streams.connecting.KafkaSetting;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.DefaultProductionExceptionHandler;
import org.apache.kafka.streams.errors.LogAndFailExceptionHandler;
import org.apache.kafka.streams.errors.LogAndFailProcessingExceptionHandler;

/** What Kafka Streams is told, and why. */
final class StreamsSettings {
    private static final long CACHE_BYTES_PER_THREAD = 64L << 20;
    /** Decision 0020: longer than a broker takes to start again. What the dead left open is ended by the living, not by this. */
    private static final int TRANSACTION_TIMEOUT_MILLIS = 30_000;

    /** A member hears with a heartbeat that another has left, and that it has to join again. */
    private static final int LONGEST_HEARTBEAT_MILLIS = 1_000;

    /** How long a thread without events waits for some before it looks whether a commit is due. */
    private static final long IDLE_MILLIS = 20;

    private static final int PROBING_MILLIS = 60_000;
    private static final int WARMUPS = 4;
    private static final long CAUGHT_UP_RECORDS = 50_000;
    private static final int BATCH_BYTES = 256 << 10;
    private static final int ZSTD_LEVEL = 1;
    private static final String MAX_BLOCK_MILLIS = "120000";

    private StreamsSettings() {}

    static Properties of(MeteringSettings settings) {
        var config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, settings.applicationId());
        config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, settings.connection().kafka());
        config.put(StreamsConfig.STATE_DIR_CONFIG, settings.stateDirectory().toString());
        config.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, settings.threads());
        config.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, settings.standbys());
        config.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, settings.replicationFactor());
        config.put(
                StreamsConfig.topicPrefix("min.insync.replicas"),
                String.valueOf(NewTopics.inSyncOf(settings.replicationFactor())));
        config.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        // More often where somebody waits: Pace.
        long seldom = Pace.seldom(settings.commitInterval()).toMillis();
        config.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, seldom);
        config.put(StreamsConfig.POLL_MS_CONFIG, IDLE_MILLIS);
        config.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, "classic");
        config.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        config.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedMemory.class);
        // One eviction of a dirty entry flushes all of them: room for all that a commit interval can touch.
        config.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, CACHE_BYTES_PER_THREAD * settings.threads());
        // Sums do not depend on order, so the inputs need not be merged by time.
        config.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, StreamsConfig.MAX_TASK_IDLE_MS_DISABLED);
        handlers(config);
        moving(config);
        consumer(config, settings);
        producer(config, settings);
        further(config, settings.connection().kafkaSettings());
        return config;
    }

    /**
     * Said of all clients, it holds of each: also where ours is said of one kind, which Kafka Streams would prefer. Its clients keep the
     * names it gives them: by those others know whose transactions are open (decision 0019).
     */
    private static void further(Properties config, Map<String, String> given) {
        given.forEach((name, value) -> {
            KafkaSetting setting = KafkaSetting.named(name);
            if (!setting.bare().equals(CommonClientConfigs.CLIENT_ID_CONFIG)) {
                setting.ofEachKind().forEach(config::remove);
                config.put(name, value);
            }
        });
    }

    /** Bad events never get here: they are outcomes. What does is a bug or a broken environment, and must be loud. */
    private static void handlers(Properties config) {
        config.put(StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, LogAndFailExceptionHandler.class);
        config.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, LogAndFailProcessingExceptionHandler.class);
        config.put(StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG, DefaultProductionExceptionHandler.class);
    }

    /** How partitions come to those who are to count them: decision 0020. */
    private static void moving(Properties config) {
        config.put(StreamsConfig.PROBING_REBALANCE_INTERVAL_MS_CONFIG, PROBING_MILLIS);
        config.put(StreamsConfig.MAX_WARMUP_REPLICAS_CONFIG, WARMUPS);
        config.put(StreamsConfig.ACCEPTABLE_RECOVERY_LAG_CONFIG, CAUGHT_UP_RECORDS);
    }

    private static void consumer(Properties config, MeteringSettings settings) {
        int session = Math.toIntExact(settings.sessionTimeout().toMillis());
        config.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        config.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), session);
        config.put(
                StreamsConfig.mainConsumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG),
                Math.min(session / 3, LONGEST_HEARTBEAT_MILLIS));
    }

    private static void producer(Properties config, MeteringSettings settings) {
        config.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "zstd");
        // Its memory is not of the heap, some of it for each partition that is being written to: the least.
        config.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_ZSTD_LEVEL_CONFIG), ZSTD_LEVEL);
        config.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), Topics.largestRequest());
        // What a partition gets between two commits goes in one batch: compressed together, and one request for many.
        config.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), BATCH_BYTES);
        // A broker that is away for a moment must not let transactions time out: that would wipe local state.
        config.put(
                StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG),
                String.valueOf(TRANSACTION_TIMEOUT_MILLIS
                        + Pace.seldom(settings.commitInterval()).toMillis()));
        config.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_BLOCK_MS_CONFIG), MAX_BLOCK_MILLIS);
    }
}
