package io.tidemark.streams.rejections;

import io.tidemark.streams.customers.Erasure;
import io.tidemark.streams.hot.HotStore;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/** Forgets the rejections of a customer that was erased: they say who it was, and nothing was counted for them. */
public final class ForgetRejections implements Processor<Void, Erasure, Void, Void> {
    private RejectionIndex index;

    @Override
    public void init(ProcessorContext<Void, Void> taskContext) {
        KeyValueStore<Bytes, byte[]> store = taskContext.getStateStore(HotStore.NAME);
        index = new RejectionIndex(store);
    }

    @Override
    public void process(Record<Void, Erasure> record) {
        index.forget(record.value().tenant(), record.value().was());
    }
}
