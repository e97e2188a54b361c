package io.tidemark.streams.access;

import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Stream;

/**
 * Finds links by whom they are to and by when they end, so that no question goes through the keys of all tenants. Changed by one thread, read by any; one that
 * is revoked while somebody reads may be missed.
 */
final class LinkIndex {
    /** Behind all ids, which are letters and digits. */
    private static final String LAST = "~";

    private final NavigableSet<Entry> all = new ConcurrentSkipListSet<>();
    private final Map<String, NavigableSet<Entry>> ofTenants = new ConcurrentHashMap<>();
    private final Map<Owner, NavigableSet<Entry>> ofCustomers = new ConcurrentHashMap<>();

    private record Owner(String tenant, UUID customer) {}

    /**
     * A link, or what is left of a key that is gone.
     *
     * @param end when it ends or, if that was sooner, was revoked
     * @param owner of a link
     */
    record Entry(Instant end, String id, Optional<Owner> owner) implements Comparable<Entry> {
        private static final Comparator<Entry> ORDER =
                Comparator.comparing(Entry::end).thenComparing(Entry::id);

        /** Of a key with its revocation; empty where it is no link. */
        static Optional<Entry> of(ApiKey key) {
            return key.customer()
                    .flatMap(customer -> key.expiresAt()
                            .map(expiry -> new Entry(
                                    key.revokedAt().filter(expiry::isAfter).orElse(expiry),
                                    key.id(),
                                    Optional.of(new Owner(key.tenant(), customer)))));
        }

        /** Of a key that is gone, that it was revoked. */
        static Entry left(String id, Instant revokedAt) {
            return new Entry(revokedAt, id, Optional.empty());
        }

        @Override
        public int compareTo(Entry other) {
            return ORDER.compare(this, other);
        }
    }

    void replace(Optional<Entry> before, Optional<Entry> after) {
        if (!before.equals(after)) {
            before.ifPresent(this::remove);
            after.ifPresent(this::add);
        }
    }

    private void add(Entry entry) {
        all.add(entry);
        entry.owner().ifPresent(owner -> {
            add(ofTenants, owner.tenant(), entry);
            add(ofCustomers, owner, entry);
        });
    }

    private void remove(Entry entry) {
        all.remove(entry);
        entry.owner().ifPresent(owner -> {
            remove(ofTenants, owner.tenant(), entry);
            remove(ofCustomers, owner, entry);
        });
    }

    private static <K> void add(Map<K, NavigableSet<Entry>> sets, K key, Entry entry) {
        sets.computeIfAbsent(key, any -> new ConcurrentSkipListSet<>()).add(entry);
    }

    private static <K> void remove(Map<K, NavigableSet<Entry>> sets, K key, Entry entry) {
        sets.computeIfPresent(key, (any, set) -> {
            set.remove(entry);
            return set.isEmpty() ? null : set;
        });
    }

    /** Their ids, in no order that means anything. */
    Stream<String> to(String tenant, UUID customer) {
        return in(ofCustomers, new Owner(tenant, customer)).stream().map(Entry::id);
    }

    /** How many links of a tenant end later. */
    int living(String tenant, Instant now) {
        return in(ofTenants, tenant)
                .tailSet(new Entry(now, LAST, Optional.empty()), false)
                .size();
    }

    /** The ids of what ended before then; what ended first comes first. */
    Stream<String> endedBefore(Instant then) {
        return all.headSet(new Entry(then, "", Optional.empty()), false).stream()
                .map(Entry::id);
    }

    private static <K> NavigableSet<Entry> in(Map<K, NavigableSet<Entry>> sets, K key) {
        return sets.getOrDefault(key, Collections.emptyNavigableSet());
    }
}
