package io.tidemark.streams.rejections;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidemark.schemas.Headers;
import io.tidemark.streams.accounts.OriginHeaders;
import io.tidemark.streams.accounts.SourceTopics;
import io.tidemark.streams.event.Coordinates;
import io.tidemark.streams.event.Fault;
import io.tidemark.streams.event.Outcome;
import io.tidemark.streams.event.Reason;
import io.tidemark.streams.event.Received;
import io.tidemark.streams.intake.CutBytes;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Turns what was refused into a record of {@code rejected-events}. */
public final class Refuse implements Processor<Void, Outcome, byte[], byte[]> {
    /** Values up to this many bytes are kept whole. */
    static final int KEPT_WHOLE = 256 * 1024;
    /** Of larger values, and of larger keys, this many bytes are kept; of those that were cut, this is all there is. */
    static final int KEPT_BEGINNING = CutBytes.KEPT;

    private static final int MOST_FAULTS = 32;
    private static final int LONGEST_FAULT = 1_000;

    private final SourceTopics topics;
    private final RejectionCounts counts;
    private ProcessorContext<byte[], byte[]> context;

    public Refuse(SourceTopics topics, RejectionCounts counts) {
        this.topics = topics;
        this.counts = counts;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> taskContext) {
        context = taskContext;
    }

    @Override
    public void process(Record<Void, Outcome> record) {
        if (record.value() instanceof Outcome.Rejected rejected) {
            refuse(record, rejected.received(), rejected.faults(), null);
        } else if (record.value() instanceof Outcome.Repeated repeated && !repeated.sameContent()) {
            Fault fault = new Fault(
                    Reason.CONFLICT,
                    "an event of the same id was counted with other content: " + said(repeated.first()));
            refuse(record, repeated.received(), List.of(fault), said(repeated.first()));
        }
    }

    private void refuse(Record<Void, Outcome> record, Received received, List<Fault> faults, @Nullable String first) {
        var headers = new RecordHeaders();
        OriginHeaders.write(headers, received.origin(), topics);
        headers.add(Headers.REASON, faults.get(0).reason().label().getBytes(UTF_8));
        headers.add(Headers.FAULTS, lines(faults).getBytes(UTF_8));
        if (first != null) {
            headers.add(Headers.FIRST_SEEN, first.getBytes(UTF_8));
        }
        byte @Nullable [] value = received.value();
        int whole = CutBytes.wholeValue(record.headers(), value);
        if (value != null && whole > KEPT_WHOLE) {
            headers.add(Headers.TRUNCATED, Integer.toString(whole).getBytes(UTF_8));
            value = Arrays.copyOf(value, KEPT_BEGINNING);
        }
        byte @Nullable [] key = received.key();
        if (key != null && key.length > KEPT_BEGINNING) {
            key = Arrays.copyOf(key, KEPT_BEGINNING);
        }
        counts.add(faults.get(0).reason());
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
