package io.tidemark.streams.fates;

import io.tidemark.schemas.Headers;
import io.tidemark.streams.event.Coordinates;
import io.tidemark.streams.event.Fate;
import io.tidemark.streams.event.Fault;
import io.tidemark.streams.event.Outcome;
import io.tidemark.streams.event.Reason;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Tells those who marked their event what became of it. What it writes is in the transaction that counts the event: it is heard
 * when that is committed, and not before. A parked event's mark is forgotten: nobody waits that long.
 */
public final class TellFate implements Processor<Void, Outcome, byte[], byte[]> {
    /** A rekeyed event takes its mark along. */
    private static final Set<Fate> UNDECIDED = Set.of(Fate.PARKED, Fate.REKEYED);

    private ProcessorContext<byte[], byte[]> context;

    @Override
    public void init(ProcessorContext<byte[], byte[]> taskContext) {
        context = taskContext;
    }

    @Override
    public void process(Record<Void, Outcome> record) {
        Header mark = record.headers().lastHeader(Headers.TELL);
        Outcome outcome = record.value();
        // Anybody may write the header: what no mark of ours is, is not answered.
        if (mark != null && Mark.isOne(mark.value()) && !UNDECIDED.contains(outcome.fate())) {
            byte[] told = FateRecord.encode(new Told(outcome.fate(), faults(outcome)));
            context.forward(new Record<>(mark.value(), told, record.timestamp()));
        }
    }

    private static List<Fault> faults(Outcome outcome) {
        if (outcome instanceof Outcome.Rejected rejected) {
            return rejected.faults();
        } else if (outcome instanceof Outcome.Repeated repeated && !repeated.sameContent()) {
            Coordinates first = repeated.first();
            return List.of(new Fault(
                    Reason.CONFLICT,
                    "an event of the same id was counted with other content: "
                            + first.topic().name().toLowerCase(java.util.Locale.ROOT) + "-" + first.partition() + "@"
                            + first.offset()));
        }
        return List.of();
    }
}
