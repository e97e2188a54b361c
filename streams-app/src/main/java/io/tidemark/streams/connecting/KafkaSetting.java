package io.tidemark.streams.connecting;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.streams.StreamsConfig;

/**
 * One of Kafka's own settings, as somebody named it.
 *
 * @param name as given, perhaps with a prefix of Kafka Streams such as {@code producer.}
 * @param bare without that prefix
 */
public record KafkaSetting(String name, String bare) {
    private static final List<ConfigDef> ALL = List.of(
            StreamsConfig.configDef(),
            ConsumerConfig.configDef(),
            ProducerConfig.configDef(),
            AdminClientConfig.configDef());

    private static final List<String> PREFIXES = List.of(
            StreamsConfig.MAIN_CONSUMER_PREFIX,
            StreamsConfig.RESTORE_CONSUMER_PREFIX,
            StreamsConfig.GLOBAL_CONSUMER_PREFIX,
            StreamsConfig.CONSUMER_PREFIX,
            StreamsConfig.PRODUCER_PREFIX,
            StreamsConfig.ADMIN_CLIENT_PREFIX);

    /** Each event is counted once because these are as they are. */
    private static final Set<String> EXACTNESS = Set.of(
            StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
            StreamsConfig.GROUP_PROTOCOL_CONFIG,
            StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG,
            StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG,
            StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG,
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            ConsumerConfig.GROUP_ID_CONFIG,
            ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
            ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
            ProducerConfig.ACKS_CONFIG,
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
            ProducerConfig.TRANSACTIONAL_ID_CONFIG,
            ProducerConfig.PARTITIONER_CLASS_CONFIG,
            ProducerConfig.PARTITIONER_IGNORE_KEYS_CONFIG,
            ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
            ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
            ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG,
            // One eviction of a dirty entry flushes all of them: too small a cache would tear what a read sees.
            StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG,
            StreamsConfig.DEFAULT_TIMESTAMP_EXTRACTOR_CLASS_CONFIG,
            StreamsConfig.PROCESSOR_WRAPPER_CLASS_CONFIG,
            StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG,
            StreamsConfig.TASK_ASSIGNOR_CLASS_CONFIG,
            "topic.cleanup.policy",
            "topic.retention.ms",
            "topic.retention.bytes");

    /** What begins so is Kafka's, whatever follows. */
    private static final List<String> FAMILIES = List.of("topic.", "client.tag.", "config.providers.");

    private static final Map<String, String> OWN = Map.of(
            StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "kafka",
            StreamsConfig.APPLICATION_ID_CONFIG, "application-id",
            StreamsConfig.STATE_DIR_CONFIG, "state-dir",
            StreamsConfig.NUM_STREAM_THREADS_CONFIG, "threads",
            StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, "standbys",
            StreamsConfig.REPLICATION_FACTOR_CONFIG, "replication-factor",
            StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, "commit-interval",
            ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, "session-timeout");

    public static KafkaSetting named(String name) {
        return PREFIXES.stream()
                .filter(name::startsWith)
                .findFirst()
                .map(prefix -> new KafkaSetting(name, name.substring(prefix.length())))
                .orElseGet(() -> new KafkaSetting(name, name));
    }

    /** Every name that Kafka's clients know, without prefixes. */
    public static Set<String> known() {
        var names = new HashSet<String>();
        ALL.forEach(kind -> names.addAll(kind.names()));
        return names;
    }

    /** The names by which this setting can be said of one kind of client alone. */
    public List<String> ofEachKind() {
        return ofOneKind()
                ? List.of()
                : PREFIXES.stream().map(prefix -> prefix + name).toList();
    }

    boolean ofOneKind() {
        return !name.equals(bare);
    }

    public boolean isKnown() {
        return ALL.stream().anyMatch(kind -> kind.names().contains(bare))
                || FAMILIES.stream().anyMatch(bare::startsWith);
    }

    /** Whether its value must not be shown: Kafka calls it a password, or does not know it. */
    public boolean isSecret() {
        return !isKnown()
                || ALL.stream()
                        .map(kind -> kind.configKeys().get(bare))
                        .anyMatch(key -> key != null && key.type == ConfigDef.Type.PASSWORD);
    }

    /** Empty when it may be passed on. */
    Optional<String> whyReserved() {
        if (EXACTNESS.contains(bare)) {
            return Optional.of("kafka." + name + " cannot be changed: that each event counts once rests on it");
        }
        return Optional.ofNullable(OWN.get(bare)).map(own -> "kafka." + name + " has a setting of its own: " + own);
    }
}
