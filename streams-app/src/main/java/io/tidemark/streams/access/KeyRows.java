package io.tidemark.streams.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidemark.streams.tables.TopicTable.Rows;
import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code api-keys} in memory: written by the table's thread, read by any. A key lies under its id, its revocation under {@code
 * ID/revoked}; the two are put together when they are read, so that it does not matter which came first or last.
 *
 * <p>Of links alone nothing is kept for ever. A key goes before its revocation: in between it is gone, the other way round it would be alive again. Should the second
 * write never come, the revocation is left over, of no key, and is found by that.
 */
final class KeyRows implements Rows {
    private static final Logger LOG = LoggerFactory.getLogger(KeyRows.class);
    private static final String REVOKED = "/revoked";

    private final Map<String, ApiKey> byId = new ConcurrentHashMap<>();
    private final Map<String, String> idOfHash = new ConcurrentHashMap<>();
    private final Map<String, Instant> revocations = new ConcurrentHashMap<>();
    /** Ids under which lies what a newer release wrote: nobody but that may say that it is of no use any more. */
    private final Set<String> unread = ConcurrentHashMap.newKeySet();

    private final LinkIndex index = new LinkIndex();
    /** Of every key there ever was: whoever had one is a tenant. */
    private final Set<String> tenants = ConcurrentHashMap.newKeySet();

    static byte[] keyOf(String id) {
        return id.getBytes(UTF_8);
    }

    static byte[] keyOfRevocation(String id) {
        return (id + REVOKED).getBytes(UTF_8);
    }

    @Override
    public void take(ConsumerRecord<byte[], byte[]> row) {
        String key = row.key() == null ? "" : new String(row.key(), UTF_8);
        boolean isRevocation = key.endsWith(REVOKED);
        String id = isRevocation ? key.substring(0, key.length() - REVOKED.length()) : key;
        Optional<LinkIndex.Entry> before = entry(id);
        if (isRevocation) {
            takeRevocation(id, row);
        } else {
            takeKey(id, row);
        }
        index.replace(before, entry(id));
    }

    private Optional<LinkIndex.Entry> entry(String id) {
        return byId.containsKey(id)
                ? ofId(id).flatMap(LinkIndex.Entry::of)
                : Optional.ofNullable(revocations.get(id)).map(at -> LinkIndex.Entry.left(id, at));
    }

    /** One that cannot be read, because a newer release wrote it, still says that the key has ended. */
    private void takeRevocation(String id, ConsumerRecord<byte[], byte[]> row) {
        if (row.value() == null) {
            revocations.remove(id);
            return;
        }
        Instant written = Instant.ofEpochMilli(row.timestamp());
        try {
            revocations.put(id, AccessRecord.revokedAt(row.value()));
        } catch (IOException | RuntimeException unreadable) {
            revocations.put(id, written);
            LOG.warn("revocation not understood, and obeyed offset={} because={}", row.offset(), unreadable.toString());
        }
    }

    private void takeKey(String id, ConsumerRecord<byte[], byte[]> row) {
        if (row.value() == null) {
            unread.remove(id);
            ApiKey gone = byId.remove(id);
            if (gone != null) {
                idOfHash.remove(gone.hash(), id);
            }
            return;
        }
        try {
            take(id, AccessRecord.apiKey(row.value()));
            unread.remove(id);
        } catch (IOException | RuntimeException unreadable) {
            unread.add(id);
            LOG.warn("record skipped topic={} offset={} because={}", row.topic(), row.offset(), unreadable.toString());
        }
    }

    private void take(String id, ApiKey key) {
        if (!key.id().equals(id)) {
            throw new IllegalArgumentException("it is of another key than its own says");
        }
        tenants.add(key.tenant());
        ApiKey before = byId.put(id, key);
        idOfHash.put(key.hash(), id);
        if (before != null && !before.hash().equals(key.hash())) {
            idOfHash.remove(before.hash(), id);
        }
    }

    Optional<ApiKey> ofHash(String hash) {
        return Optional.ofNullable(idOfHash.get(hash)).flatMap(this::ofId);
    }

    Optional<ApiKey> ofId(String id) {
        return Optional.ofNullable(byId.get(id)).map(this::whole);
    }

    List<ApiKey> all() {
        return ordered(byId.values().stream());
    }

    List<ApiKey> links(String tenant, UUID customer) {
        return ordered(index.to(tenant, customer).map(byId::get).filter(Objects::nonNull));
    }

    int livingLinks(String tenant, Instant now) {
        return index.living(tenant, now);
    }

    /**
     * Forgets links that ended before then, and revocations that are left over, those that ended first.
     *
     * @param most how many
     * @param delete deletes what lies under all of these keys, or throws
     */
    void forgetLinks(Instant endedBefore, int most, Consumer<List<byte[]>> delete) {
        List<String> ids = index.endedBefore(endedBefore)
                .filter(id -> !unread.contains(id))
                .limit(most)
                .toList();
        if (!ids.isEmpty()) {
            delete.accept(ids.stream().map(KeyRows::keyOf).toList());
            delete.accept(ids.stream().map(KeyRows::keyOfRevocation).toList());
        }
    }

    private List<ApiKey> ordered(Stream<ApiKey> some) {
        return some.map(this::whole)
                .sorted(Comparator.comparing(ApiKey::createdAt).thenComparing(ApiKey::id))
                .toList();
    }

    boolean hasTenant(String name) {
        return tenants.contains(name);
    }

    private ApiKey whole(ApiKey key) {
        return key.revoked(Optional.ofNullable(revocations.get(key.id())));
    }
}
