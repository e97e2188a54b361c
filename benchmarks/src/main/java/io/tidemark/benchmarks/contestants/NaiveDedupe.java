package io.tidemark.benchmarks.contestants;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.streams.processor.api.ContextualFixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.state.WindowStore;
import org.jspecify.annotations.Nullable;

/** Kafka's own example of it: an id is a repeat when the window around its time has it. */
final class NaiveDedupe extends ContextualFixedKeyProcessor<String, GenericRecord, GenericRecord> {
    static final String STORE = "ids";
    static final Duration WINDOW = Duration.ofHours(1);

    private final LongAdder duplicates;
    private @Nullable WindowStore<String, Long> ids;

    NaiveDedupe(LongAdder duplicates) {
        this.duplicates = duplicates;
    }

    @Override
    public void init(FixedKeyProcessorContext<String, GenericRecord> context) {
        super.init(context);
        ids = context.getStateStore(STORE);
    }

    @Override
    public void process(FixedKeyRecord<String, GenericRecord> event) {
        WindowStore<String, Long> known = requireNonNull(ids);
        String id = event.value().get("id").toString();
        if (isRepeat(known, id, event.timestamp())) {
            duplicates.increment();
            return;
        }
        known.put(id, event.timestamp(), event.timestamp());
        context().forward(event);
    }

    private static boolean isRepeat(WindowStore<String, Long> known, String id, long at) {
        try (var seen = known.fetch(id, at - WINDOW.toMillis(), at + WINDOW.toMillis())) {
            return seen.hasNext();
        }
    }
}
