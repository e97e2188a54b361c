package io.tidemark.streams.feed;

import io.tidemark.streams.feed.UsageChanges.Heard;
import io.tidemark.streams.feed.UsageChanges.Told;
import java.time.Duration;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** The newest change of each customer's month, numbered as they were heard; within a bound of memory, beyond which the oldest is forgotten. */
final class RecentChanges {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);
    /** Of the changes that are given at once, as they are held: one month may have a megabyte. */
    private static final int MOST_BYTES_AT_ONCE = 128 << 10;

    private final long mostBytes;
    private final ByNumber all = new ByNumber();
    private final Map<String, OfTenant> tenants = new HashMap<>();
    private final Map<Integer, Change> newest = new HashMap<>();
    private long[] start = new long[0];
    private long[] next = new long[0];
    private long last;
    private long bytes;

    RecentChanges(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /** What is held of one tenant. */
    private static final class OfTenant {
        final ByNumber changes = new ByNumber();
        final Map<String, NavigableMap<YearMonth, Long>> numbers = new HashMap<>();
        long forgottenUpTo;
        long[] forgottenBefore = new long[0];

        void forget(long number, Change change) {
            changes.remove(number);
            NavigableMap<YearMonth, Long> months = numbers.get(change.externalId());
            if (months != null && months.remove(change.month(), number) && months.isEmpty()) {
                numbers.remove(change.externalId());
            }
        }
    }

    /** All of a partition before an offset was taken, or lies before where hearing began, if it is the first that is said of it. */
    synchronized void upTo(int partition, long offset) {
        if (partition >= next.length) {
            int before = next.length;
            start = Arrays.copyOf(start, partition + 1);
            next = Arrays.copyOf(next, partition + 1);
            Arrays.fill(start, before, partition + 1, -1);
        }
        if (start[partition] < 0) {
            start[partition] = offset;
        }
        next[partition] = Math.max(next[partition], offset);
    }

    synchronized void take(Change change) {
        OfTenant tenant = tenants.computeIfAbsent(change.tenant(), none -> new OfTenant());
        long number = ++last;
        Long before = tenant.numbers
                .computeIfAbsent(change.externalId(), none -> new TreeMap<>())
                .put(change.month(), number);
        if (before != null) {
            Change superseded = all.remove(before);
            tenant.changes.remove(before);
            bytes -= superseded == null ? 0 : superseded.bytes();
        }
        all.add(number, change);
        newest.put(change.partition(), change);
        tenant.changes.add(number, change);
        bytes += change.bytes();
        next[change.partition()] = Math.max(next[change.partition()], change.offset() + 1);
        while (bytes > mostBytes && all.size() > 1) {
            forgetTheOldest();
        }
    }

    private void forgetTheOldest() {
        long oldest = all.above(0);
        Change change = Objects.requireNonNull(all.remove(oldest));
        bytes -= change.bytes();
        OfTenant tenant = tenants.get(change.tenant());
        if (tenant != null) {
            tenant.forget(oldest, change);
            tenant.forgottenUpTo = oldest;
            tenant.forgottenBefore =
                    Arrays.copyOf(tenant.forgottenBefore, Math.max(tenant.forgottenBefore.length, next.length));
            long[] before = tenant.forgottenBefore;
            before[change.partition()] = Math.max(before[change.partition()], change.offset() + 1);
        }
    }

    /** The newest change of each partition, whosever it is. */
    synchronized List<Change> newest() {
        return List.copyOf(newest.values());
    }

    synchronized ChangeCursor now() {
        return new ChangeCursor(last, true, next);
    }

    /** Whether as much was heard as these offsets say. */
    synchronized boolean hasHeard(long[] offsets) {
        for (int partition = 0; partition < Math.min(offsets.length, next.length); partition++) {
            if (offsets[partition] > next[partition]) {
                return false;
            }
        }
        return true;
    }

    /** The place that a token names, once as much was heard as it says; waits for that at most so long. */
    Optional<ChangeCursor> at(String tenant, String token, Duration atMost) throws InterruptedException {
        Optional<long[]> offsets = ChangeCursor.parse(token);
        if (offsets.isEmpty()) {
            return Optional.empty();
        }
        long end = System.nanoTime() + atMost.toNanos();
        while (!hasHeard(offsets.get()) && System.nanoTime() - end < 0) {
            Thread.sleep(BETWEEN_LOOKS.toMillis());
        }
        return at(tenant, offsets.get());
    }

    /** The place of these offsets; empty where not everything behind it is held. */
    synchronized Optional<ChangeCursor> at(String tenant, long[] offsets) {
        OfTenant its = tenants.get(tenant);
        if (offsets.length != next.length || !hasHeard(offsets)) {
            return Optional.empty();
        }
        for (int partition = 0; partition < next.length; partition++) {
            long forgotten = its == null || partition >= its.forgottenBefore.length
                    ? start[partition]
                    : Math.max(start[partition], its.forgottenBefore[partition]);
            if (offsets[partition] < forgotten) {
                return Optional.empty();
            }
        }
        var place = new ChangeCursor(last, false, offsets);
        return Optional.of(new ChangeCursor(its == null ? last : before(its.changes, place), false, offsets));
    }

    /** The number before the first that does not lie behind a place. */
    private long before(ByNumber changes, ChangeCursor place) {
        long number = changes.above(0);
        while (number > 0 && place.isBehind(Objects.requireNonNull(changes.get(number)))) {
            number = changes.above(number);
        }
        return number > 0 ? number - 1 : last;
    }

    /** What came after a place; empty where something of it is not held any more. */
    synchronized Optional<Heard> after(ChangeCursor place, String tenant, Optional<String> customer, int most) {
        OfTenant its = tenants.get(tenant);
        if (its == null) {
            return Optional.of(new Heard(List.of(), now()));
        }
        if (its.forgottenUpTo > place.number()) {
            return Optional.empty();
        }
        var changes = new ArrayList<Told>();
        ChangeCursor behind = place;
        int given = 0;
        ByNumber some = customer.map(id -> of(its, id)).orElse(its.changes);
        for (long number = some.above(place.number()); number > 0; number = some.above(number)) {
            if (changes.size() == most || given > MOST_BYTES_AT_ONCE) {
                return Optional.of(new Heard(changes, behind));
            }
            Change change = Objects.requireNonNull(some.get(number));
            behind = behind.behind(number, change);
            if (!place.isBehind(change)) {
                changes.add(new Told(change, behind));
                given += change.bytes();
            }
        }
        return Optional.of(new Heard(changes, now()));
    }

    private static ByNumber of(OfTenant tenant, String customer) {
        var some = new ByNumber();
        NavigableMap<YearMonth, Long> numbers = tenant.numbers.getOrDefault(customer, Collections.emptyNavigableMap());
        numbers.values().stream()
                .sorted()
                .forEach(number -> some.add(number, Objects.requireNonNull(tenant.changes.get(number))));
        return some;
    }

    synchronized long held() {
        return bytes;
    }
}
