package io.tidemark.streams.access;

import io.tidemark.schemas.Topics;
import io.tidemark.streams.MeteringSettings;
import io.tidemark.streams.StartRefused;
import io.tidemark.streams.tables.TopicTable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The keys and tenants of the topics {@code api-keys} and {@code tenants}. */
public final class AccessTables implements Access, AutoCloseable {
    private final String keyTopic;
    private final String tenantTopic;
    private final KeyRows keys = new KeyRows();
    private final TenantRows tenants = new TenantRows();
    private final TopicTable keyTable;
    private final TopicTable tenantTable;
    private final AccessWriter writer;

    private AccessTables(MeteringSettings settings) {
        var topics = Topics.withPrefix(settings.topicPrefix());
        keyTopic = topics.apiKeys().name();
        tenantTopic = topics.tenants().name();
        writer = new AccessWriter(settings);
        keyTable = TopicTable.of(settings, keyTopic, keys);
        tenantTable = TopicTable.of(settings, tenantTopic, tenants);
    }

    /** Begins to read; the topics must be there. */
    public static AccessTables of(MeteringSettings settings) {
        return new AccessTables(settings);
    }

    /**
     * Waits until everything that was written before is known: before that, events of known tenants would be rejected and
     * good keys refused.
     *
     * @throws StartRefused when that does not come in time
     */
    public void awaitCaughtUp(Duration atMost) {
        try {
            if (!keyTable.awaitCaughtUp(atMost) || !tenantTable.awaitCaughtUp(atMost)) {
                throw new StartRefused(List.of("the topics " + keyTopic + " and " + tenantTopic
                        + " could not be read within " + atMost.toSeconds() + " s"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartRefused(List.of("interrupted while keys and tenants were read"));
        }
    }

    @Override
    public Optional<ApiKey> keyOfHash(String hash) {
        return keys.ofHash(hash);
    }

    @Override
    public Optional<ApiKey> key(String id) {
        return keys.ofId(id);
    }

    @Override
    public List<ApiKey> keys() {
        return keys.all();
    }

    @Override
    public List<ApiKey> links(String tenant, UUID customer) {
        return keys.links(tenant, customer);
    }

    @Override
    public int livingLinks(String tenant, Instant now) {
        return keys.livingLinks(tenant, now);
    }

    @Override
    public Optional<Tenant> tenant(String name) {
        return tenants.named(name);
    }

    @Override
    public List<Tenant> tenants() {
        return tenants.all();
    }

    @Override
    public boolean knowsTenant(String name) {
        return tenants.named(name).isPresent() || keys.hasTenant(name);
    }

    @Override
    public void put(ApiKey key) {
        writer.write(keyTopic, KeyRows.keyOf(key.id()), AccessRecord.bytes(key), keyTable);
    }

    @Override
    public void revoke(String id, Instant now) {
        writer.write(keyTopic, KeyRows.keyOfRevocation(id), AccessRecord.revocation(id, now), keyTable);
    }

    @Override
    public void forgetLinks(Instant endedBefore, int most) {
        keys.forgetLinks(endedBefore, most, gone -> writer.delete(keyTopic, gone, keyTable));
    }

    @Override
    public void put(Tenant tenant) {
        writer.write(tenantTopic, TenantRows.keyOf(tenant.name()), AccessRecord.bytes(tenant), tenantTable);
    }

    @Override
    public void close() {
        keyTable.close();
        tenantTable.close();
        writer.close();
    }
}
