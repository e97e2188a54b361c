package io.tidemark.query;

import io.tidemark.streams.access.Access;
import io.tidemark.streams.access.ApiKey;
import io.tidemark.streams.access.ChangeFailed;
import io.tidemark.streams.access.Tenant;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** Keys and tenants in memory alone. Its revocations are sticky, as the real ones are. */
public final class FakeAccess implements Access {
    private final Map<String, ApiKey> keys = new ConcurrentHashMap<>();
    private final Map<String, Instant> revocations = new ConcurrentHashMap<>();
    private final Map<String, Tenant> tenants = new ConcurrentHashMap<>();
    private volatile boolean failing;
    private volatile Duration untilWritten = Duration.ZERO;

    /** From now on nothing is taken. */
    public void fail() {
        failing = true;
    }

    /** From now on a key is there so long after it was put. */
    public void takeTime(Duration each) {
        untilWritten = each;
    }

    @Override
    public Optional<ApiKey> keyOfHash(String hash) {
        return keys().stream().filter(key -> key.hash().equals(hash)).findFirst();
    }

    @Override
    public Optional<ApiKey> key(String id) {
        return keys().stream().filter(key -> key.id().equals(id)).findFirst();
    }

    @Override
    public List<ApiKey> keys() {
        return keys.values().stream()
                .map(this::whole)
                .sorted(Comparator.comparing(ApiKey::createdAt))
                .toList();
    }

    @Override
    public List<ApiKey> links(String tenant, UUID customer) {
        return keys().stream().filter(key -> key.isLinkTo(tenant, customer)).toList();
    }

    @Override
    public int livingLinks(String tenant, Instant now) {
        return (int) keys().stream()
                .filter(key -> key.isLink() && key.tenant().equals(tenant) && key.isActive(now))
                .count();
    }

    @Override
    public void forgetLinks(Instant endedBefore, int most) {
        List<String> ended = keys().stream()
                .filter(ApiKey::isLink)
                .filter(link -> end(link).isBefore(endedBefore))
                .sorted(Comparator.comparing(FakeAccess::end))
                .limit(most)
                .map(ApiKey::id)
                .toList();
        if (!ended.isEmpty()) {
            take();
            ended.forEach(keys::remove);
            ended.forEach(revocations::remove);
        }
    }

    private static Instant end(ApiKey link) {
        Instant expiry = link.expiresAt().orElseThrow();
        return link.revokedAt().filter(expiry::isAfter).orElse(expiry);
    }

    private ApiKey whole(ApiKey key) {
        return new ApiKey(
                key.id(),
                key.hash(),
                key.tenant(),
                key.environment(),
                key.scopes(),
                key.name(),
                key.createdAt(),
                key.expiresAt(),
                key.replacedBy(),
                Optional.ofNullable(revocations.get(key.id())),
                key.customer());
    }

    @Override
    public Optional<Tenant> tenant(String name) {
        return Optional.ofNullable(tenants.get(name));
    }

    @Override
    public List<Tenant> tenants() {
        return tenants.values().stream()
                .sorted(Comparator.comparing(Tenant::name))
                .toList();
    }

    @Override
    public boolean knowsTenant(String name) {
        return tenants.containsKey(name);
    }

    @Override
    public void put(ApiKey key) {
        take();
        LockSupport.parkNanos(untilWritten.toNanos());
        keys.put(key.id(), key);
    }

    @Override
    public void revoke(String id, Instant now) {
        take();
        revocations.put(id, now);
    }

    @Override
    public void put(Tenant tenant) {
        take();
        tenants.put(tenant.name(), tenant);
    }

    private void take() {
        if (failing) {
            throw new ChangeFailed("a secret of Kafka's");
        }
    }
}
