package io.tidemark.streams.tracing;

import io.tidemark.schemas.EventKey;
import io.tidemark.streams.accounts.StoredProgress;
import io.tidemark.streams.customers.HotCustomer;
import io.tidemark.streams.dedupe.FirstSight;
import io.tidemark.streams.dedupe.SeenEvents;
import io.tidemark.streams.event.Coordinates;
import io.tidemark.streams.event.Origin;
import io.tidemark.streams.event.Progress;
import io.tidemark.streams.event.Received;
import io.tidemark.streams.hot.HotReads;
import io.tidemark.streams.parking.ParkedReads;
import io.tidemark.streams.reading.PartKind;
import io.tidemark.streams.reading.PartReader;
import io.tidemark.streams.rejections.RejectionsOfEvent;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What one partition knows of an event. How far it is comes first: what is handled by then, is in all that is asked for later. What was
 * seen and what was refused, the customer's own partition knows, and of the ids only who counts it can say.
 */
public final class TraceReader implements PartReader<TraceQuestion, Trace> {
    public static final PartKind<TraceQuestion, Trace> KIND =
            new PartKind<>("event-fate", TraceQuestion.class, Trace.class);

    /** Each may be a megabyte. */
    private static final int MOST_PARKED = 1_000;

    private final HotReads reads;
    private final StoredProgress progress;
    private final ParkedReads parked;
    private final SeenEvents seen;
    private final int partitions;

    public TraceReader(HotReads reads, StoredProgress progress, ParkedReads parked, SeenEvents seen, int partitions) {
        this.reads = reads;
        this.progress = progress;
        this.parked = parked;
        this.seen = seen;
        this.partitions = partitions;
    }

    @Override
    public PartKind<TraceQuestion, Trace> kind() {
        return KIND;
    }

    @Override
    public Trace read(TraceQuestion asked, int partition) {
        List<Progress> now = progress.of(partition);
        boolean isHome = asked.home(partitions) == partition;
        Waiting waiting = waiting(asked, now);
        return new Trace(
                isHome ? first(asked, partition) : Optional.empty(),
                isHome ? customerSince(asked, partition) : Optional.empty(),
                waiting.theOne,
                waiting.maybeOthers,
                isHome ? refusals(asked, partition) : List.of(),
                now.stream()
                        .map(one -> new Trace.Handled(one.source(), one.partition(), one.offset()))
                        .toList());
    }

    private Optional<FirstSight> first(TraceQuestion asked, int partition) {
        return seen.find(partition, asked.tenant(), asked.customer(), asked.source(), asked.id());
    }

    /** Control characters are in no name that is believed, and end one in keys. */
    private List<Refusal> refusals(TraceQuestion asked, int partition) {
        boolean believed = (asked.source() + asked.id()).chars().noneMatch(Character::isISOControl);
        return believed
                ? RejectionsOfEvent.of(reads, partition, asked.tenant(), asked.customer(), asked.source(), asked.id())
                        .stream()
                        .map(one -> new Refusal(one.id().at(), one.id().appendedAt(), one.faults()))
                        .toList()
                : List.of();
    }

    private Optional<Long> customerSince(TraceQuestion asked, int partition) {
        byte[] stored = reads.get(partition, HotCustomer.key(asked.tenant(), asked.customer()));
        return stored == null
                ? Optional.empty()
                : Optional.of(HotCustomer.decode(stored).firstSeenAt());
    }

    /** What a look through the parked records found. */
    private static final class Waiting {
        private boolean theOne;
        private boolean maybeOthers;
    }

    /** What waits cannot be read: a record is known by its place or by its key. */
    private Waiting waiting(TraceQuestion asked, List<Progress> now) {
        byte[] key = new EventKey(asked.tenant(), asked.customer()).bytes();
        var found = new Waiting();
        for (Progress source : now) {
            if (source.hasParked()) {
                boolean all = parked.some(source, MOST_PARKED, record -> {
                    found.maybeOthers |= Arrays.equals(key, record.key());
                    found.theOne |= asked.at().filter(at -> isAt(record, at)).isPresent();
                });
                // Of those that were not looked at nothing can be said.
                found.maybeOthers |= !all;
                found.theOne |= asked.at()
                        .filter(at -> at.topic() == source.source() && at.partition() == source.partition())
                        .filter(at -> parked.has(source.partition(), at.topic(), at.offset()))
                        .isPresent();
            }
        }
        return found;
    }

    private static boolean isAt(Received record, Coordinates at) {
        Origin origin = record.origin();
        return origin.topic() == at.topic() && origin.partition() == at.partition() && origin.offset() == at.offset();
    }

    @Override
    public Trace merge(TraceQuestion asked, List<Trace> parts) {
        return Trace.of(parts);
    }
}
