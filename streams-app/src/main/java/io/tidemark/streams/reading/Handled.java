package io.tidemark.streams.reading;

import io.tidemark.streams.event.Progress;
import io.tidemark.streams.event.Received;
import io.tidemark.streams.event.Source;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/**
 * Up to when one task has handled everything that was appended for it: the clock by which it forgets. One task's alone.
 *
 * <p>Neither this machine's clock nor the newest record will do, only the earlier of what both say. The one may run
 * ahead; the other says nothing of a source that lags: read from its beginning, one topic may be weeks ahead of the other, or of what comes by {@code
 * rekey}, and what those still need would be forgotten.
 */
public final class Handled {
    private final AsOf asOf;
    private final Map<Source, Progress> sources = new EnumMap<>(Source.class);
    private long newest;

    public Handled(int partition, AsOf asOf) {
        this.asOf = asOf;
        for (Source source : Source.ofEvents()) {
            sources.put(source, Progress.none(source, partition));
        }
    }

    public void note(Received received) {
        sources.put(received.progress().source(), received.progress());
        newest = Math.max(newest, received.appendedAt());
    }

    /** Nothing appended up to this instant is still to come. */
    public Instant upTo() {
        Instant all = asOf.proven().ofAll(sources.values());
        return all.isBefore(Instant.ofEpochMilli(newest)) ? all : Instant.ofEpochMilli(newest);
    }
}
