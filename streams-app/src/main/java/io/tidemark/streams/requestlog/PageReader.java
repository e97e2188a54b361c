package io.tidemark.streams.requestlog;

import io.tidemark.streams.reading.PartKind;
import io.tidemark.streams.reading.PartReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Reads pages of the log, the newest requests first. A customer's are one range; a tenant's are found second by second, by the blocks that
 * name them.
 */
public final class PageReader implements PartReader<LogQuery, LogPage> {
    public static final PartKind<LogQuery, LogPage> KIND = new PartKind<>("request-log", LogQuery.class, LogPage.class);

    private static final int ROWS_AT_ONCE = 64;
    private static final Comparator<RowKey> ORDER = Comparator.comparing(RowKey::place);

    private final OpenLog log;

    public PageReader(OpenLog log) {
        this.log = log;
    }

    @Override
    public PartKind<LogQuery, LogPage> kind() {
        return KIND;
    }

    @Override
    public boolean isOfOneMoment() {
        return true;
    }

    @Override
    public LogPage merge(LogQuery query, List<LogPage> parts) {
        return LogPage.of(parts, query.limit());
    }

    @Override
    public LogPage read(LogQuery query, int partition) {
        if (log.isOff()) {
            return new LogPage(List.of(), Optional.empty(), log.reach(partition));
        }
        return log.whileOurs(partition, () -> {
            // What is older is gone or going: scans must not step over what was deleted.
            long from = Math.max(
                    log.horizon(partition), query.from().map(Place::micros).orElse(0L));
            long to = query.to().map(Place::micros).orElse(Long.MAX_VALUE);
            var found = new Gathered(query, log.rows(partition), from, to);
            long newest = Math.min(to - 1, query.after().map(Place::occurredAt).orElse(Long.MAX_VALUE));
            if (query.customer().isPresent()) {
                ofCustomer(query.tenant(), query.customer().get(), partition, from, newest, found);
            } else {
                new Seconds(partition, found).walk(query.tenant(), from, newest);
            }
            return found.page(log.reach(partition));
        });
    }

    private void ofCustomer(String tenant, String customer, int partition, long from, long newest, Gathered found) {
        if (newest < from) {
            return;
        }
        log.walk(
                partition,
                RowKey.from(tenant, customer, newest),
                RowKey.from(tenant, customer, from - 1),
                (key, stored) -> {
                    Place place = RowKey.of(key).place();
                    return !found.wants(place) || found.take(place, stored);
                });
    }

    /** The requests of a tenant: those of one second are put in their order once all its blocks are read. */
    private final class Seconds {
        private final int partition;
        private final Gathered found;
        private final List<RowKey> named = new ArrayList<>();
        private long second = Long.MIN_VALUE;

        Seconds(int partition, Gathered found) {
            this.partition = partition;
            this.found = found;
        }

        void walk(String tenant, long from, long newest) {
            if (newest < from) {
                return;
            }
            var enough = new boolean[1];
            log.walk(
                    partition,
                    SecondBlock.from(tenant, Place.secondOf(newest)),
                    SecondBlock.from(tenant, Place.secondOf(from) - 1),
                    (key, value) -> {
                        long next = SecondBlock.secondOf(key);
                        enough[0] = next != second && !take();
                        second = next;
                        SecondBlock.rows(key, value).stream()
                                .filter(row -> found.wants(row.place()))
                                .forEach(named::add);
                        cutToWhatIsLookedAt();
                        return !enough[0];
                    });
            if (!enough[0]) {
                take();
            }
        }

        /** Any number of requests may be of one second, and a page looks at so many at most: at those that come first. */
        private void cutToWhatIsLookedAt() {
            if (named.size() > 2 * Gathered.MOST_LOOKED_AT) {
                named.sort(ORDER);
                named.subList(Gathered.MOST_LOOKED_AT, named.size()).clear();
            }
        }

        /** Takes what the last second has; says whether more are needed. */
        private boolean take() {
            named.sort(ORDER);
            boolean more = true;
            for (int from = 0; more && from < named.size(); from += ROWS_AT_ONCE) {
                more = take(named.subList(from, Math.min(named.size(), from + ROWS_AT_ONCE)));
            }
            named.clear();
            return more;
        }

        private boolean take(List<RowKey> some) {
            List<Bytes> keys = some.stream().map(RowKey::toBytes).toList();
            List<byte @Nullable []> stored = log.get(partition, keys);
            boolean more = true;
            for (int i = 0; more && i < some.size(); i++) {
                byte @Nullable [] row = stored.get(i);
                // Gone meanwhile: too old, or of a customer that was erased.
                more = row == null
                        ? found.gone(some.get(i).place())
                        : found.take(some.get(i).place(), row);
            }
            return more;
        }
    }
}
