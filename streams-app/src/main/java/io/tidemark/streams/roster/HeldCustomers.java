package io.tidemark.streams.roster;

import io.tidemark.streams.directory.Customer;
import java.time.Duration;
import java.time.Instant;
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
    private final Arrival arrival;
    private volatile boolean caughtUp;

    /** Waits until everything up to a position is here, as {@link Roster#awaitPosition} does. */
    @FunctionalInterface
    interface Arrival {
        boolean await(String position, Duration atMost) throws InterruptedException;
    }

    /** Customers that come by no topic. */
    public HeldCustomers() {
        this((position, atMost) -> true);
    }

    HeldCustomers(Arrival arrival) {
        this.arrival = arrival;
    }

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

    /**
     * Shows a customer as an erased one, until its record says what is left of it: there is no moment without it.
     *
     * @param as its external id from now on
     */
    public void erased(String tenant, String externalId, String as, Instant at) {
        byExternalId(tenant, externalId).ifPresent(before -> put(before.without(as, at)));
        remove(tenant, externalId);
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

    @Override
    public boolean awaitPosition(String position, Duration atMost) throws InterruptedException {
        return arrival.await(position, atMost);
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
