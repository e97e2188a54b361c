package io.tidemark.streams.roster;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tidemark.schemas.EventKey;
import io.tidemark.schemas.Headers;
import io.tidemark.schemas.Topics;
import io.tidemark.streams.MeteringSettings;
import io.tidemark.streams.directory.Customer;
import io.tidemark.streams.directory.CustomerRecord;
import io.tidemark.streams.event.Coordinates;
import io.tidemark.streams.event.Source;
import io.tidemark.streams.reading.Position;
import io.tidemark.streams.tables.TopicTable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The customers of the topic {@code customers}, held for as long as this instance runs. */
public final class RosterTable implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RosterTable.class);

    private final HeldCustomers held = new HeldCustomers(this::holds);
    private final Rows rows = new Rows(held);
    private final TopicTable table;

    private RosterTable(MeteringSettings settings) {
        String topic = Topics.withPrefix(settings.topicPrefix()).customers().name();
        table = TopicTable.of(settings, topic, rows);
    }

    /** Begins to read; returns at once. */
    public static RosterTable of(MeteringSettings settings) {
        return new RosterTable(settings);
    }

    public Roster roster() {
        return held;
    }

    /** A position that contains every record of a partition that was taken until now, and maybe one that is being taken. */
    public Position positionOf(int partition) {
        return Position.ofCustomers(partition, rows.begun.getOrDefault(partition, -1L));
    }

    private boolean holds(String token, Duration atMost) throws InterruptedException {
        Optional<Position> position = Position.parse(token);
        long end = System.nanoTime() + atMost.toNanos();
        for (Coordinates part : position.map(Position::parts).orElse(List.of())) {
            Duration left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
            if (part.topic() == Source.CUSTOMERS && !table.await(part.partition(), part.offset(), left)) {
                return false;
            }
        }
        return true;
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
        /** The last offset of each partition, noted before it is taken: who finds a customer here finds its offset. */
        private final Map<Integer, Long> begun = new ConcurrentHashMap<>();

        private boolean metForeign;

        Rows(HeldCustomers held) {
            this.held = held;
        }

        @Override
        public void take(ConsumerRecord<byte[], byte[]> row) {
            begun.put(row.partition(), row.offset());
            if (row.value() == null) {
                EventKey.parse(row.key()).ifPresent(key -> remove(key, row));
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

        private void remove(EventKey key, ConsumerRecord<byte[], byte[]> row) {
            Header as = row.headers().lastHeader(Headers.ERASED_AS);
            if (as == null) {
                held.remove(key.tenant(), key.externalId());
            } else {
                var at = Instant.ofEpochMilli(row.timestamp());
                held.erased(key.tenant(), key.externalId(), new String(as.value(), UTF_8), at);
            }
        }

        @Override
        public void caughtUp() {
            held.caughtUp();
        }
    }
}
