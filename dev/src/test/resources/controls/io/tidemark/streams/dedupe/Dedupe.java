package io.tidemark.streams.dedupe;

import io.tidemark.streams.MeteringSettings.IdForm;
import io.tidemark.streams.MeteringSettings.TimeRule;
import io.tidemark.streams.event.Outcome;
import io.tidemark.streams.reading.AsOf;
import io.tidemark.streams.reading.Handled;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** A control, compiled by the harness alone: takes every event for a first sight. */
public final class Dedupe implements Processor<Void, Outcome, Void, Outcome> {
    private final AsOf asOf;
    private ProcessorContext<Void, Outcome> context;
    private Handled handled;

    public Dedupe(TimeRule time, AsOf asOf, IdForm form, IdsMemory memory, SeenEvents outside) {
        this.asOf = asOf;
    }

    @Override
    public void init(ProcessorContext<Void, Outcome> taskContext) {
        context = taskContext;
        handled = new Handled(taskContext.taskId().partition(), asOf);
    }

    @Override
    public void process(Record<Void, Outcome> record) {
        handled.note(record.value().received());
        context.forward(record);
    }
}
