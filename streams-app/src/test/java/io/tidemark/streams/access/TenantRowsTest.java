package io.tidemark.streams.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.schemas.AvroTrust;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@NullMarked
class TenantRowsTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:34:56.123456Z");

    static {
        AvroTrust.establish();
    }

    private final TenantRows rows = new TenantRows();

    @Test
    void holdTheLatestOfEachTenant() {
        var acme = new Tenant(
                "acme", NOW, Optional.of("NPR"), Optional.of("Asia/Kathmandu"), Set.of("storage_gb", "requests"));
        take("globex", AccessRecord.bytes(Tenant.named("globex", NOW)));
        take("acme", AccessRecord.bytes(Tenant.named("acme", NOW)));
        take("acme", AccessRecord.bytes(acme));
        assertThat(rows.all()).containsExactly(acme, Tenant.named("globex", NOW));
        take("globex", null);
        assertThat(rows.named("globex")).isEmpty();
        assertThat(rows.named("acme")).hasValue(acme);
    }

    @Test
    void skipWhatTheyCannotRead() {
        take("acme", "nonsense".getBytes(UTF_8));
        take("acme", AccessRecord.revocation("k1", NOW));
        take("other", AccessRecord.bytes(Tenant.named("acme", NOW)));
        assertThat(rows.all()).isEmpty();
    }

    private void take(String name, byte @Nullable [] value) {
        rows.take(new ConsumerRecord<>("tenants", 0, 0, name.getBytes(UTF_8), value));
    }
}
