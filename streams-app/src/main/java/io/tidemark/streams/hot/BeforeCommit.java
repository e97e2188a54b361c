package io.tidemark.streams.hot;

import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.processor.internals.InternalProcessorContext;
import org.apache.kafka.streams.processor.internals.ProcessorRecordContext;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.internals.CacheFlushListener;
import org.apache.kafka.streams.state.internals.CachedStateStore;
import org.jspecify.annotations.Nullable;

/**
 * Runs something in every commit of a task, while stores may still be written: what it writes belongs to the same transaction. A store that
 * holds nothing, and that Kafka Streams flushes as it does its own record caches ({@code ProcessorStateManager.flushCache}).
 *
 * <p>One of the two seams that know Kafka Streams' inside (the other: {@link PastTheCache}): read at 4.3.1, to be read again with
 * each release. It can be done without: ids, progress and how far commands are, are written one by one then ({@code ids=records}, {@code page-cache=stock}).
 */
public final class BeforeCommit implements StateStore, CachedStateStore<Object, Object> {
    private final String name;
    private @Nullable InternalProcessorContext<?, ?> task;
    private @Nullable Runnable work;
    private boolean open;

    private BeforeCommit(String name) {
        this.name = name;
    }

    /**
     * Makes one.
     *
     * @param name of the store: each room that has something to write has one of its own
     */
    public static StoreBuilder<BeforeCommit> builder(String name) {
        return new UnloggedBuilder<>(name, () -> new BeforeCommit(name));
    }

    /** What is to be run from now on, in place of what was: a task that is opened again has a processor's newest word. */
    public void run(Runnable inEachCommit) {
        work = inEachCommit;
    }

    @Override
    public void flushCache() {
        InternalProcessorContext<?, ?> context = task;
        if (context != null && work != null) {
            runAsPartOf(context, work);
        }
    }

    private static void runAsPartOf(InternalProcessorContext<?, ?> context, Runnable work) {
        // Between two records there is none that what is written could be of.
        ProcessorRecordContext before = context.recordContext();
        context.setRecordContext(
                new ProcessorRecordContext(context.currentSystemTimeMs(), -1, -1, null, new RecordHeaders()));
        try {
            work.run();
        } finally {
            context.setRecordContext(before);
        }
    }

    /** The task becomes a copy: what it had to write is written. */
    @Override
    public void clearCache() {
        work = null;
    }

    @Override
    public boolean setFlushListener(CacheFlushListener<Object, Object> listener, boolean sendOldValues) {
        return false;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void init(StateStoreContext given, StateStore root) {
        task = (InternalProcessorContext<?, ?>) given;
        open = true;
        given.register(root, (key, value) -> {});
    }

    @Override
    public void close() {
        work = null;
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
