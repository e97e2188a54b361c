package io.tidemark.streams.rejections;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidemark.schemas.Headers;
import io.tidemark.streams.accounts.OriginHeaders;
import io.tidemark.streams.accounts.SourceTopics;
import io.tidemark.streams.event.Claim;
import io.tidemark.streams.event.Coordinates;
import io.tidemark.streams.event.Event;
import io.tidemark.streams.event.Fault;
import io.tidemark.streams.event.Origin;
import io.tidemark.streams.event.Outcome;
import io.tidemark.streams.event.Reason;
import io.tidemark.streams.event.Received;
import io.tidemark.streams.hot.HotStore;
import io.tidemark.streams.intake.CutBytes;
import io.tidemark.streams.reading.AsOf;
import io.tidemark.streams.reading.Handled;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Turns what was refused into a record of {@code rejected-events}, keeps it to be asked for, and notes when an event that replays it is counted.
 */
public final class Refuse implements Processor<Void, Outcome, byte[], byte[]> {
    /** Values up to this many bytes are kept whole. */
    static final int KEPT_WHOLE = 256 * 1024;
    /** Of larger values, and of larger keys, this many bytes are kept; of those that were cut, this is all there is. */
    static final int KEPT_BEGINNING = CutBytes.KEPT;

    private static final int MOST_FAULTS = 32;
    private static final int LONGEST_FAULT = 1_000;
    private static final Duration PURGE_EVERY = Duration.ofSeconds(1);

    private final SourceTopics topics;
    private final RejectionCounts counts;
    private final Duration keep;
    private final AsOf asOf;
    private ProcessorContext<byte[], byte[]> context;
    private RejectionIndex index;
    private RejectionPurge purge;
    private Handled handled;

    /**
     * @param keep how long a rejection may be asked for
     * @param asOf says up to when everything is handled, so that none comes to lie behind those that were forgotten
     */
    public Refuse(SourceTopics topics, RejectionCounts counts, Duration keep, AsOf asOf) {
        this.topics = topics;
        this.counts = counts;
        this.keep = keep;
        this.asOf = asOf;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> taskContext) {
        context = taskContext;
        KeyValueStore<Bytes, byte[]> store = taskContext.getStateStore(HotStore.NAME);
        index = new RejectionIndex(store);
        handled = new Handled(taskContext.taskId().partition(), asOf);
        purge = new RejectionPurge(store, index, keep);
        taskContext.schedule(PURGE_EVERY, PunctuationType.WALL_CLOCK_TIME, now -> purge.someMore(handled.upTo()));
    }

    @Override
    public void process(Record<Void, Outcome> record) {
        Outcome outcome = record.value();
        handled.note(outcome.received());
        if (outcome instanceof Outcome.Rejected rejected) {
            refuse(record, rejected.claim(), rejected.faults(), null);
        } else if (outcome instanceof Outcome.Repeated repeated && !repeated.sameContent()) {
            Fault fault = new Fault(
                    Reason.CONFLICT,
                    "an event of the same id was counted with other content: " + said(repeated.first()));
            refuse(record, Claim.of(repeated.event()), List.of(fault), repeated.first());
        } else if (outcome instanceof Outcome.Accepted accepted) {
            Origin origin = accepted.received().origin();
            resolve(record, accepted.event(), new Coordinates(origin.topic(), origin.partition(), origin.offset()));
        } else if (outcome instanceof Outcome.Repeated repeated) {
            // A replay that was sent twice, or whose event was sent by somebody else meanwhile.
            resolve(record, repeated.event(), repeated.first());
        }
    }

    /**
     * Anybody may write the header, and does no more than to say of a rejection of the same tenant that it is done with; of one that may be
     * there: what is written of others would never be deleted.
     *
     * @param by what is counted
     */
    private void resolve(Record<Void, Outcome> record, Event event, Coordinates by) {
        Header replayed = record.headers().lastHeader(Headers.REPLAYS);
        if (replayed != null && replayed.value() != null) {
            long latest = record.value().received().appendedAt() + RejectionIndex.DAY;
            RejectionId.parse(new String(replayed.value(), UTF_8))
                    .filter(id -> purge.keeps(id.appendedAt()) && id.appendedAt() <= latest)
                    .ifPresent(id -> index.resolve(event.tenant(), id, new Resolution(by)));
        }
    }

    private void refuse(Record<Void, Outcome> record, Claim claim, List<Fault> faults, @Nullable Coordinates first) {
        Received received = record.value().received();
        var headers = new RecordHeaders();
        OriginHeaders.write(headers, received.origin(), topics);
        headers.add(Headers.REASON, faults.get(0).reason().label().getBytes(UTF_8));
        headers.add(Headers.FAULTS, lines(faults).getBytes(UTF_8));
        if (first != null) {
            headers.add(Headers.FIRST_SEEN, said(first).getBytes(UTF_8));
        }
        byte @Nullable [] value = received.value();
        int whole = CutBytes.wholeValue(record.headers(), value);
        boolean cut = value != null && whole > KEPT_WHOLE;
        if (cut) {
            headers.add(Headers.TRUNCATED, Integer.toString(whole).getBytes(UTF_8));
            value = Arrays.copyOf(value, KEPT_BEGINNING);
        }
        byte @Nullable [] key = received.key();
        if (key != null && key.length > KEPT_BEGINNING) {
            key = Arrays.copyOf(key, KEPT_BEGINNING);
        }
        counts.add(faults.get(0).reason());
        index.put(new Rejection(
                RejectionId.of(received.origin()),
                claim,
                faults,
                cut ? whole : 0,
                Optional.ofNullable(first),
                Optional.empty()));
        context.forward(new Record<>(key, value, record.timestamp(), headers));
    }

    private String said(Coordinates at) {
        return topics.name(at.topic()) + "-" + at.partition() + "@" + at.offset();
    }

    private static String lines(List<Fault> faults) {
        return faults.stream()
                .limit(MOST_FAULTS)
                .map(Fault::toString)
                .map(fault -> fault.length() > LONGEST_FAULT ? fault.substring(0, LONGEST_FAULT) + "…" : fault)
                .map(fault -> fault.replaceAll("\\p{Cntrl}", "?"))
                .collect(Collectors.joining("\n"));
    }
}
