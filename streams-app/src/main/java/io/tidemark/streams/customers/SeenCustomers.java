package io.tidemark.streams.customers;

import io.tidemark.streams.event.Event;
import io.tidemark.streams.event.Series;
import io.tidemark.streams.hot.UnloggedBuilder;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The customers seen last, in memory, so that an event of one of them costs a look-up here and nothing else: what is stored of each, and when
 * it was seen, to the millisecond. Some ten thousand of each task, and gone with it; of the others the store is asked.
 *
 * <p>That instant is in no record. A deletion takes a moment to get here, and events counted in that moment must revive the customer too; the hot record
 * is not written for every event and cannot tell. Should the process die in that moment, the event after it revives it.
 *
 * <p>A store only because {@link Register} and {@link Learn}, which share it, are steps of their own. What either writes of a customer it
 * also notes here, or forgets the customer.
 */
final class SeenCustomers implements StateStore {
    static final String NAME = "recently-seen";
    /** Of either generation. */
    private static final int MOST = 10_000;
    /** Of one customer. */
    private static final int MOST_SERIES = 64;

    /** Used since the last change of generations; what was used before that is let go with the next. */
    private Map<Who, Seen> young = new HashMap<>();

    private Map<Who, Seen> old = new HashMap<>();
    private boolean open;

    /** Compared for each event: a record's own way goes through method handles that are not always inlined. */
    private record Who(String tenant, String customer) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Who who && customer.equals(who.customer) && tenant.equals(who.tenant);
        }

        @Override
        public int hashCode() {
            return tenant.hashCode() * 31 + customer.hashCode();
        }
    }

    /** One customer: what is stored of it, and when it was last seen. */
    static final class Seen {
        private HotCustomer stored;
        private long at;
        private final Set<Series> series = new HashSet<>();
        private @Nullable Series last;
        private boolean hasAll;

        Seen(HotCustomer stored) {
            this.stored = stored;
        }

        /** A customer of whom nothing was stored: no series either, as they are written with what is stored of the customer. */
        static Seen anew(HotCustomer unseen) {
            var seen = new Seen(unseen);
            seen.hasAll = true;
            return seen;
        }

        HotCustomer stored() {
            return stored;
        }

        void stored(HotCustomer now) {
            stored = now;
        }

        /** When an event of it was appended, the last so far, UTC milliseconds; 0 where that is not known. */
        long at() {
            return at;
        }

        /** Events may come in another order than they were appended in. */
        void at(long appendedAt) {
            at = Math.max(at, appendedAt);
        }

        /** Whether its last event was of the same series. */
        boolean isLast(Event event) {
            Series one = last;
            return one != null
                    && one.kind() == event.kind()
                    && one.meter().equals(event.meter())
                    && one.currency().equals(event.currency());
        }

        /** Notes that a series is stored; says whether that was not known before. */
        boolean isNews(Series one) {
            last = one;
            if (series.size() < MOST_SERIES) {
                return series.add(one);
            }
            boolean news = !series.contains(one);
            hasAll &= !news;
            return news;
        }

        /** Whether all series of the customer are held; false also where nobody looked. */
        boolean hasAll() {
            return hasAll;
        }

        /** These are all that are stored; they are held if there is room. */
        void all(Set<Series> stored) {
            if (stored.size() <= MOST_SERIES) {
                series.addAll(stored);
                hasAll = series.size() <= MOST_SERIES;
            }
        }

        Set<Series> series() {
            return series;
        }
    }

    static StoreBuilder<SeenCustomers> builder() {
        return new UnloggedBuilder<>(NAME, SeenCustomers::new);
    }

    @Nullable
    Seen find(String tenant, String customer) {
        var who = new Who(tenant, customer);
        Seen seen = young.get(who);
        if (seen == null) {
            seen = old.remove(who);
            if (seen != null) {
                add(who, seen);
            }
        }
        return seen;
    }

    void add(String tenant, String customer, Seen seen) {
        add(new Who(tenant, customer), seen);
    }

    private void add(Who who, Seen seen) {
        if (young.size() == MOST) {
            old = young;
            young = new HashMap<>();
        }
        young.put(who, seen);
    }

    void forget(String tenant, String customer) {
        var who = new Who(tenant, customer);
        young.remove(who);
        old.remove(who);
    }

    /** Others may have written of anybody meanwhile. */
    void forgetAll() {
        young.clear();
        old.clear();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        open = true;
        context.register(root, (key, value) -> {});
    }

    @Override
    public void close() {
        forgetAll();
        open = false;
    }

    @Override
    public boolean persistent() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return open;
    }
}
