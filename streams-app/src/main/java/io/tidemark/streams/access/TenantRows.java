package io.tidemark.streams.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidemark.streams.tables.TopicTable.Rows;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code tenants} in memory: written by the table's thread, read by any. */
final class TenantRows implements Rows {
    private static final Logger LOG = LoggerFactory.getLogger(TenantRows.class);

    private final Map<String, Tenant> byName = new ConcurrentHashMap<>();

    static byte[] keyOf(String name) {
        return name.getBytes(UTF_8);
    }

    @Override
    public void take(ConsumerRecord<byte[], byte[]> row) {
        String name = row.key() == null ? "" : new String(row.key(), UTF_8);
        try {
            if (row.value() == null) {
                byName.remove(name);
                return;
            }
            Tenant tenant = AccessRecord.tenant(row.value());
            if (!tenant.name().equals(name)) {
                throw new IllegalArgumentException("it is of another tenant than its key says");
            }
            byName.put(name, tenant);
        } catch (IOException | RuntimeException unreadable) {
            LOG.warn("record skipped topic={} offset={} because={}", row.topic(), row.offset(), unreadable.toString());
        }
    }

    Optional<Tenant> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    List<Tenant> all() {
        return byName.values().stream()
                .sorted(Comparator.comparing(Tenant::name))
                .toList();
    }
}
