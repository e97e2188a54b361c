package io.tidemark.streams.pages;

import io.tidemark.streams.MeteringSettings.PageCache;
import io.tidemark.streams.event.Amounts;
import io.tidemark.streams.event.Event;
import io.tidemark.streams.event.EventKind;
import io.tidemark.streams.fixtures.Shelf;
import io.tidemark.streams.hot.BytesIn;
import io.tidemark.streams.hot.BytesOut;
import io.tidemark.streams.hot.HotStore;
import io.tidemark.streams.hot.OpenStores;
import io.tidemark.streams.hot.PastTheCache;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.NullMarked;

/** A hot store by itself with the pages of its task, and what came out of it: the store's own content, and its changelog. */
@NullMarked
final class Hot implements AutoCloseable {
    static final String TENANT = "acme";
    /** When an event was appended, where that does not matter: 2026-10-20T12:00Z. */
    static final long APPENDED = 1_792_497_600_000L;

    private static final Bytes PROGRESS = new BytesOut().raw(HotStore.PROGRESS).toKey();

    private final OpenStores open = new OpenStores(partition -> {});
    private final Shelf shelf;
    final KeyValueStore<Bytes, byte[]> store;
    final TaskPages pages;
    private final SortedMap<Bytes, byte[]> log = new TreeMap<>();
    private long added;

    Hot(Path directory, PageCache settings) {
        this(directory, settings, Map.of());
    }

    /** @param content what the changelog gave, with nothing of it in the record cache */
    Hot(Path directory, PageCache settings, Map<Bytes, byte[]> content) {
        shelf = new Shelf(directory, HotStore.builder(open));
        store = shelf.keyValue();
        KeyValueStore<Bytes, byte[]> past = PastTheCache.of(store).orElseThrow().logged();
        content.forEach(past::put);
        pages = new PageMemory(settings).open(store);
        added = progress(content);
        log.putAll(content);
        shelf.logged();
    }

    static Event event(String customer, long minute, long quantity) {
        return event(customer, "storage", minute, quantity);
    }

    static Event event(String customer, String meter, long minute, long quantity) {
        Amounts reading = Amounts.of(EventKind.USAGE);
        reading.add(Amounts.OfUsage.COUNT, 1);
        reading.add(Amounts.OfUsage.QUANTITY, quantity);
        return new Event(EventKind.USAGE, TENANT, customer, "", "id", minute * 60_000_000, meter, "", reading, 0);
    }

    /** Adds an event and writes progress, which is how many there were. */
    void add(Event event) {
        add(event, Horizon.NONE);
    }

    void add(Event event, Horizon horizon) {
        pages.add(event, APPENDED + added, horizon);
        store.put(PROGRESS, new BytesOut().number(++added).toBytes());
    }

    /** What a commit does to the record cache. */
    void commit() {
        store.commit(Map.of());
    }

    /** What lies in the store: seen from outside. */
    SortedMap<Bytes, byte[]> content() {
        var content = new TreeMap<Bytes, byte[]>();
        open.scan(
                0,
                Bytes.wrap(new byte[] {0}),
                Bytes.wrap(new byte[] {0x7f}),
                (key, value) -> content.put(Bytes.wrap(key), value));
        return content;
    }

    /** What the changelog gives now: what every copy and whoever restores has. */
    SortedMap<Bytes, byte[]> replay() {
        for (TestRecord<byte[], byte[]> record : shelf.logged()) {
            Bytes key = Bytes.wrap(record.key());
            if (record.value() == null) {
                log.remove(key);
            } else {
                log.put(key, record.value());
            }
            if (key.equals(PROGRESS) && progress(log) > counted(log)) {
                throw new AssertionError("progress of " + progress(log) + " where pages hold " + counted(log));
            }
        }
        return new TreeMap<>(log);
    }

    /** What was logged since this was last asked for. */
    List<TestRecord<byte[], byte[]>> records() {
        return shelf.logged();
    }

    /** The keys of that. */
    List<Bytes> logged() {
        var keys = new ArrayList<Bytes>();
        records().forEach(record -> keys.add(Bytes.wrap(record.key())));
        return keys;
    }

    static boolean isPage(Bytes key) {
        return key.get()[0] == HotStore.PAGE;
    }

    static boolean isProgress(Bytes key) {
        return key.equals(PROGRESS);
    }

    /** How many events the progress speaks of. */
    static long progress(Map<Bytes, byte[]> content) {
        byte[] stored = content.get(PROGRESS);
        return stored == null ? 0 : new BytesIn(stored).number();
    }

    /** How many events month pages hold, which are never purged. */
    static long counted(Map<Bytes, byte[]> content) {
        Amounts all = Amounts.of(EventKind.USAGE);
        int granularityAt = 1 + TENANT.length() + 1;
        content.forEach((key, value) -> {
            byte[] bytes = key.get();
            if (isPage(key) && bytes.length > granularityAt + 2 && bytes[granularityAt] == Granularity.MONTH.code()) {
                Page.sum(value, Granularity.MONTH, all);
            }
        });
        return all.get(Amounts.OfUsage.COUNT).longValueExact();
    }

    @Override
    public void close() {
        shelf.close();
    }
}
