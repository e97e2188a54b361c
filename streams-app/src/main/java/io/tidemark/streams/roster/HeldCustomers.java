package io.tidemark.streams.roster;

import io.tidemark.streams.directory.Customer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** All customers of all tenants, in memory. One thread changes it, any may ask. */
public final class HeldCustomers implements Roster {
    private final Map<String, TenantRoster> tenants = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile boolean caughtUp;

    /** Takes a customer, new or changed; one older than what it has is ignored. */
    public void put(Customer customer) {
        tenants.computeIfAbsent(customer.tenant(), this::begun).put(Card.of(customer));
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** A tenant that comes later is sorted from its first customer on; nobody should wait for it then. */
    private TenantRoster begun(String tenant) {
        var roster = new TenantRoster();
        if (caughtUp) {
            roster.sort();
        }
        return roster;
    }

    /** Forgets a customer as if it had never been. */
    public void remove(String tenant, String externalId) {
        TenantRoster roster = tenants.get(tenant);
        if (roster != null) {
            roster.remove(externalId);
        }
    }

    /** Makes every order, then says that it is caught up. */
    public void caughtUp() {
        tenants.values().forEach(TenantRoster::sort);
        caughtUp = true;
    }

    @Override
    public boolean isCaughtUp() {
        return caughtUp;
    }

    @Override
    public Optional<Customer> byId(String tenant, UUID id) {
        return of(tenant).flatMap(roster -> customer(tenant, roster.byId(id)));
    }

    @Override
    public Optional<Customer> byExternalId(String tenant, String externalId) {
        return of(tenant).flatMap(roster -> customer(tenant, roster.byExternalId(externalId)));
    }

    @Override
    public Optional<Customer> byEmail(String tenant, String email) {
        return of(tenant).flatMap(roster -> customer(tenant, roster.byEmail(email)));
    }

    private Optional<TenantRoster> of(String tenant) {
        return Optional.ofNullable(tenants.get(tenant));
    }

    private static Optional<Customer> customer(String tenant, @Nullable Card card) {
        return Optional.ofNullable(card).map(found -> found.customer(tenant));
    }

    @Override
    public RosterPage list(String tenant, RosterQuery query) {
        var slice = of(tenant).orElseGet(TenantRoster::new).list(query);
        return new RosterPage(
                slice.cards().stream().map(card -> card.customer(tenant)).toList(), slice.total());
    }

    @Override
    public boolean await(String tenant, String externalId, long version, Duration atMost) throws InterruptedException {
        long left = atMost.toNanos();
        lock.lock();
        try {
            while (!holds(tenant, externalId, version)) {
                if (left <= 0) {
                    return false;
                }
                left = changed.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private boolean holds(String tenant, String externalId, long version) {
        Card held = of(tenant).map(roster -> roster.byExternalId(externalId)).orElse(null);
        return held != null && held.version() >= version;
    }

    /** How many customers it holds, deleted ones too. */
    public long size() {
        return tenants.values().stream().mapToLong(TenantRoster::size).sum();
    }
}
