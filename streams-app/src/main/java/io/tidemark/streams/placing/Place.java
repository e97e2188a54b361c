package io.tidemark.streams.placing;

import io.tidemark.schemas.EventKey;
import io.tidemark.schemas.Headers;
import io.tidemark.streams.accounts.OriginHeaders;
import io.tidemark.streams.accounts.SourceTopics;
import io.tidemark.streams.event.Claim;
import io.tidemark.streams.event.Outcome;
import io.tidemark.streams.event.Received;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Sends an event that is not in its customer's partition there, whether it is countable or not. */
public final class Place implements Processor<Void, Outcome, Object, Object> {
    private static final List<String> TAKEN_ALONG = List.of(Headers.TELL, Headers.REPLAYS);

    private final SourceTopics topics;
    private final int partitions;
    private final String onward;
    private final String rekey;
    private ProcessorContext<Object, Object> context;
    private int here;

    /**
     * @param onward the step that every outcome goes to
     * @param rekey the sink of events that belong elsewhere
     */
    public Place(SourceTopics topics, int partitions, String onward, String rekey) {
        this.topics = topics;
        this.partitions = partitions;
        this.onward = onward;
        this.rekey = rekey;
    }

    @Override
    public void init(ProcessorContext<Object, Object> taskContext) {
        context = taskContext;
        here = taskContext.taskId().partition();
    }

    @Override
    public void process(Record<Void, Outcome> record) {
        Record<Void, Outcome> next = record;
        if (record.value() instanceof Outcome.Accepted accepted) {
            byte[] key = key(accepted);
            if (EventKey.partition(key, partitions) != here) {
                sendOn(key, accepted.received(), record);
                next = record.withValue(new Outcome.Rekeyed(accepted.received()));
            }
        } else if (record.value() instanceof Outcome.Rejected rejected && isOfElsewhere(rejected.claim())) {
            // It is judged again there, to the same end, so that all that is kept of a customer lies in one partition.
            Claim claim = rejected.claim();
            sendOn(new EventKey(claim.tenant(), claim.customer()).bytes(), rejected.received(), record);
            next = record.withValue(new Outcome.Rekeyed(rejected.received()));
        } else if (record.value() instanceof Outcome.Rekeyed unread) {
            sendOn(Objects.requireNonNull(unread.received().key()), unread.received(), record);
        }
        context.forward(next, onward);
    }

    private boolean isOfElsewhere(Claim claim) {
        return claim.namesCustomer() && new EventKey(claim.tenant(), claim.customer()).partition(partitions) != here;
    }

    /** The record's own where it is the customer's, as nearly always. */
    private static byte[] key(Outcome.Accepted accepted) {
        String tenant = accepted.event().tenant();
        String customer = accepted.event().customer();
        byte @Nullable [] given = accepted.received().key();
        return given != null && EventKey.isOf(given, tenant, customer) ? given : new EventKey(tenant, customer).bytes();
    }

    private void sendOn(byte[] key, Received received, Record<?, ?> as) {
        var headers = new RecordHeaders();
        OriginHeaders.write(headers, received.origin(), topics);
        for (String name : TAKEN_ALONG) {
            Header header = as.headers().lastHeader(name);
            if (header != null) {
                headers.add(header);
            }
        }
        byte @Nullable [] value = received.value();
        context.forward(new Record<>(key, value, as.timestamp(), headers), rekey);
    }

    /** Places rekeyed events where their customer is, whatever the producer's own partitioner is. */
    public static StreamPartitioner<byte[], byte[]> partitioner() {
        return (topic, key, value, partitions) -> Optional.of(java.util.Set.of(EventKey.partition(key, partitions)));
    }
}
