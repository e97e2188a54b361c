package io.tidemark.streams.connecting;

import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.tidemark.streams.MeteringSettings;
import io.tidemark.streams.StartRefused;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/** Makes the clients that ask, rather than read or write. */
public final class Clients {
    private static final String ANSWER_WITHIN_MILLIS = "10000";
    private static final int MOST_SCHEMAS = 1_000;
    /** A registry that does not answer must not hold up the start. */
    private static final Map<String, String> REGISTRY =
            Map.of("schema.registry.http.connect.timeout.ms", "2000", "schema.registry.http.read.timeout.ms", "5000");

    private Clients() {}

    /**
     * Kafka's administrator, which gives up after 10 seconds.
     *
     * @throws StartRefused when what it is given cannot be, such as a name that no address belongs to
     */
    public static Admin admin(MeteringSettings settings) {
        Map<String, Object> config = settings.client("admin");
        config.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWER_WITHIN_MILLIS);
        config.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, ANSWER_WITHIN_MILLIS);
        try {
            return Admin.create(config);
        } catch (KafkaException e) {
            throw new StartRefused(
                    List.of("Kafka at " + settings.connection().kafka() + " cannot be asked: " + reason(e)));
        }
    }

    /** The reader of JAAS entries quotes what it could not understand, and that may be a piece of the password. */
    private static String reason(KafkaException e) {
        Throwable why = e.getCause() == null ? e : e.getCause();
        return why instanceof IllegalArgumentException
                ? "kafka.sasl.jaas.config cannot be understood"
                : String.valueOf(why.getMessage());
    }

    /** The registry's client; connects when it is first asked. */
    public static SchemaRegistryClient registry(Connection connection) {
        Map<String, String> config = new HashMap<>(REGISTRY);
        config.putAll(connection.registryClient());
        return new CachedSchemaRegistryClient(connection.registry(), MOST_SCHEMAS, config);
    }
}
