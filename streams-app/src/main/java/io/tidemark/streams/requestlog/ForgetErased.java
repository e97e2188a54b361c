package io.tidemark.streams.requestlog;

import io.tidemark.streams.customers.Erasure;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Deletes the rows of a customer that was erased, at that moment: they are its events as they came, which say who it was. Its usage is kept under the
 * pseudonym, single requests are not.
 */
public final class ForgetErased implements Processor<Void, Erasure, Void, Void> {
    private TaskLog log;

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        log = context.getStateStore(TaskLog.NAME);
    }

    @Override
    public void process(Record<Void, Erasure> record) {
        log.forget(record.value().tenant(), record.value().was());
    }
}
