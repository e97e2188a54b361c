package io.tidemark.streams.roster;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tidemark.schemas.EventKey;
import io.tidemark.schemas.Topics;
import io.tidemark.streams.MeteringSettings;
import io.tidemark.streams.directory.Customer;
import io.tidemark.streams.directory.CustomerRecord;
import io.tidemark.streams.tables.TopicTable;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The customers of the topic {@code customers}, held for as long as this instance runs. */
public final class RosterTable implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RosterTable.class);

    private final HeldCustomers held = new HeldCustomers();
    private final TopicTable table;

    private RosterTable(MeteringSettings settings) {
        String topic = Topics.withPrefix(settings.topicPrefix()).customers().name();
        table = TopicTable.of(settings, topic, new Rows(held));
    }

    /** Begins to read; returns at once. */
    public static RosterTable of(MeteringSettings settings) {
        return new RosterTable(settings);
    }

    public Roster roster() {
        return held;
    }

    /** Adds its meters to a registry. */
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("tidemark.roster.customers", held, HeldCustomers::size)
                .description("Customers held in memory, of all tenants, deleted ones too")
                .register(registry);
    }

    @Override
    public void close() {
        table.close();
    }

    /** Rows as customers. */
    static final class Rows implements TopicTable.Rows {
        private final HeldCustomers held;
        private final CustomerRecord records = new CustomerRecord();
        private boolean metForeign;

        Rows(HeldCustomers held) {
            this.held = held;
        }

        @Override
        public void take(ConsumerRecord<byte[], byte[]> row) {
            if (row.value() == null) {
                EventKey.parse(row.key()).ifPresent(key -> held.remove(key.tenant(), key.externalId()));
                return;
            }
            Optional<Customer> customer = records.decode(row.value(), row.headers());
            customer.ifPresent(held::put);
            if (customer.isEmpty() && !metForeign) {
                metForeign = true;
                LOG.warn(
                        "not a customer, nor are others like it: topic={} partition={} offset={}",
                        row.topic(),
                        row.partition(),
                        row.offset());
            }
        }

        @Override
        public void caughtUp() {
            held.caughtUp();
        }
    }
}
