package io.tidemark.streams.roster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.events.Customer;
import io.tidemark.schemas.AvroTrust;
import io.tidemark.schemas.PublicRecords;
import io.tidemark.streams.roster.RosterTable.Rows;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@NullMarked
class RosterTableTest {
    static {
        AvroTrust.establish();
    }

    private static final UUID ID = UUID.fromString("0198a7c0-0000-7000-8000-000000000001");
    private static final int SCHEMA = 7;

    private final HeldCustomers held = new HeldCustomers();
    private final Rows rows = new Rows(held);
    private final RecordHeaders headers = new RecordHeaders();

    @Test
    void holdsWhatTheDirectoryWrote() {
        rows.take(row("acme/a/b", value("a/b")));
        assertThat(held.byId("acme", ID).orElseThrow().externalId()).isEqualTo("a/b");
    }

    @Test
    void forgetsWhatIsGone() {
        rows.take(row("acme/a/b", value("a/b")));
        rows.take(row("acme/a/b", null));
        assertThat(held.byId("acme", ID)).isEmpty();
        assertThat(held.size()).isZero();
    }

    @Test
    void skipsWhatTheDirectoryDidNotWrite() {
        headers.add("other", new byte[0]);
        rows.take(row("acme/c", "nonsense".getBytes(UTF_8)));
        rows.take(row("no key of ours", null));
        rows.take(new ConsumerRecord<>("customers", 0, 0, nothing(), nothing()));
        assertThat(held.size()).isZero();
    }

    @Test
    void isCaughtUpWhenTheTableSaysSo() {
        rows.caughtUp();
        assertThat(held.isCaughtUp()).isTrue();
    }

    private byte[] value(String externalId) {
        var customer = Customer.newBuilder()
                .setId(ID)
                .setTenantId("acme")
                .setExternalId(externalId)
                .setVersion(1)
                .setMetadata(Map.of())
                .setCreatedAt(Instant.EPOCH)
                .setUpdatedAt(Instant.EPOCH)
                .build();
        return PublicRecords.<Customer>specific(Customer.getClassSchema()).encode(customer, SCHEMA, headers);
    }

    @SuppressWarnings("NullAway") // Kafka's constructor is not annotated; null is a record without a value.
    private ConsumerRecord<byte[], byte[]> row(String key, byte @Nullable [] value) {
        return new ConsumerRecord<>(
                "customers",
                0,
                0,
                0,
                TimestampType.CREATE_TIME,
                0,
                0,
                key.getBytes(UTF_8),
                value,
                headers,
                Optional.empty());
    }

    @SuppressWarnings("NullAway")
    private static byte[] nothing() {
        return null;
    }
}
