package io.tidemark.schemas;

import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;

/**
 * One topic as it must be.
 *
 * @param spread what decides its number of partitions
 * @param config the topic settings that matter to correctness; everything else may differ by cluster
 * @param value the schema of its values, registered as subject {@code <name>-value}; empty where values are not Avro
 */
public record Topic(String name, Spread spread, Map<String, String> config, Optional<Schema> value) {

    public Topic {
        config = Map.copyOf(config);
    }

    /** The subject of its values, by Confluent's TopicNameStrategy. */
    public String subject() {
        return name + "-value";
    }

    public int partitions(int byCustomer) {
        return spread == Spread.BY_CUSTOMER ? byCustomer : spread.partitions;
    }

    /** What decides how many partitions a topic has; final once it exists. */
    public enum Spread {
        /** As many as the deployment chose: all topics keyed by customer must agree. */
        BY_CUSTOMER(0),
        /** Keyed by tenant. */
        BY_TENANT(6),
        /** Few records, one order. */
        ONE(1);

        private final int partitions;

        Spread(int partitions) {
            this.partitions = partitions;
        }
    }
}
