package io.tidemark.streams.pages;

import io.tidemark.streams.MeteringSettings.PageCache;
import io.tidemark.streams.hot.PastTheCache;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/** How the tasks of a process have their pages, and what they may hold of them: each the same share. */
public final class PageMemory {
    private final PageCache settings;
    private final AtomicInteger tasks = new AtomicInteger();

    public PageMemory(PageCache settings) {
        this.settings = settings;
    }

    /** The pages of a task that begins. */
    TaskPages open(KeyValueStore<Bytes, byte[]> hot) {
        return switch (settings.form()) {
            case STOCK -> new StockPages(hot);
            case DECODED -> decoded(hot);
        };
    }

    private DecodedPages decoded(KeyValueStore<Bytes, byte[]> hot) {
        PastTheCache store = PastTheCache.required(hot);
        var pages = new DecodedPages(store, this);
        store.hold(pages);
        tasks.incrementAndGet();
        return pages;
    }

    void leave() {
        tasks.decrementAndGet();
    }

    /** How many bytes of the heap one task may hold, roughly. */
    long share() {
        return settings.bytes() / Math.max(1, tasks.get());
    }
}
