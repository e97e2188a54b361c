package io.tidemark.streams.requestlog;

import io.tidemark.streams.event.Event;
import io.tidemark.streams.event.EventKind;
import io.tidemark.streams.event.Origin;
import io.tidemark.streams.event.Outcome.Accepted;
import io.tidemark.streams.event.Progress;
import io.tidemark.streams.event.Received;
import io.tidemark.streams.event.Source;
import io.tidemark.streams.hot.UnloggedBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The log of one task: what is in no record yet, to be written all at once, and how far the log is.
 *
 * <p>A store only because {@link LogRequests} and {@link ForgetErased}, which share it, are steps of their own. It lasts as long as the task.
 */
final class TaskLog implements StateStore {
    static final String NAME = "requests-held";
    private static final int LEAST_AGED = 2_000;
    private static final long MILLIS = 1_000;

    private final HeldRows held = new HeldRows();
    private @Nullable Written written;
    private LogState state = new LogState(0, 0, 0, 0, 0);
    private long requests;
    private long rekeyed;
    private long horizon;
    private int sinceAged;
    private boolean isNews;
    private boolean open;

    /**
     * Where it is written, and for how long.
     *
     * @param keptMillis after it occurred
     * @param reach is told since when the log is whole, whenever that changes
     */
    record Written(
            KeyValueStore<Bytes, byte[]> store, StoredSchemas schemas, Ageing ageing, long keptMillis, Told reach) {}

    /** Who is told. */
    interface Told {
        void set(long horizon, long whole);
    }

    static StoreBuilder<TaskLog> builder() {
        return new UnloggedBuilder<>(NAME, TaskLog::new);
    }

    /**
     * Begins where it was left.
     *
     * @param progress how far the sources are, of the same commit
     * @param early how much later than it was appended an event may have occurred
     */
    void begin(Written to, List<Progress> progress, Duration early) {
        held.beginAnew();
        written = to;
        byte[] stored = to.store().get(LogState.KEY);
        state = LogState.at(stored, progress, early.toMillis());
        // In no store yet, where events were counted without the log.
        isNews = stored == null || !LogState.decode(stored).equals(state);
        requests = state.requests();
        rekeyed = state.rekeyed();
        horizon = state.horizon();
        sinceAged = 0;
        tell();
    }

    /** Everything ages by what is appended, not by a clock: what a row was written by, its purge can be told by. */
    void appended(Received received) {
        if (received.progress().source() == Source.REKEY) {
            // It says itself when it was appended, and whoever may write there may say anything.
            return;
        }
        long second = Math.floorDiv(received.appendedAt() - written().keptMillis(), MILLIS);
        if (second > horizon) {
            horizon = second;
            tell();
        }
    }

    private void tell() {
        written().reach().set(horizon, Math.max(horizon, state.gapUntil()));
    }

    /** An event is counted; a request becomes a row, unless it is too old already. */
    void counted(Accepted accepted) {
        Source source = accepted.received().progress().source();
        requests += source == Source.REQUESTS ? 1 : 0;
        rekeyed += source == Source.REKEY ? 1 : 0;
        if (accepted.event().kind() == EventKind.REQUEST) {
            add(accepted.event(), accepted.received());
        }
    }

    private void add(Event event, Received received) {
        Origin origin = received.origin();
        var place = new Place(event.occurredAt(), origin.topic(), origin.partition(), origin.offset());
        if (place.second() < horizon) {
            return;
        }
        held.add(event, received, place, written().schemas());
    }

    /** Whether what is held should be written before the commit. */
    boolean isFull() {
        return held.isFull();
    }

    /** Writes what is in no record yet, and how far the log is then. */
    void write() {
        // The horizon alone is no reason: it moves with every second.
        if (!held.isEmpty() || isNews || requests != state.requests() || rekeyed != state.rekeyed()) {
            state = new LogState(requests, rekeyed, horizon, state.purged(), state.gapUntil());
            sinceAged += held.write(written().store(), state);
            isNews = false;
        }
    }

    /** Deletes some of what is too old: at least as fast as rows come. */
    void age() {
        Ageing ageing = written().ageing();
        if (ageing.isDue(state.purged(), horizon)) {
            // The horizon is in the store before the first row goes.
            isNews = true;
            write();
            long purged = ageing.someMore(state.purged(), state.horizon(), LEAST_AGED + 2 * sinceAged);
            isNews = purged != state.purged();
            state = new LogState(requests, rekeyed, horizon, purged, state.gapUntil());
        }
        write();
        sinceAged = 0;
    }

    /** Deletes all rows of a customer, those that are held among them. */
    void forget(String tenant, String customer) {
        write();
        new Forgetting(written().store(), tenant, customer).all();
    }

    private Written written() {
        return Objects.requireNonNull(written, "the log was not begun");
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
        held.letGo();
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
