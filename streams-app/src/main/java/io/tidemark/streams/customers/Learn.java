package io.tidemark.streams.customers;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidemark.schemas.EventKey;
import io.tidemark.schemas.Headers;
import io.tidemark.streams.accounts.SourceTopics;
import io.tidemark.streams.directory.Customer;
import io.tidemark.streams.directory.CustomerRecord;
import io.tidemark.streams.hot.HotStore;
import io.tidemark.streams.hot.PastTheCache;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the table of {@code customers}: what the directory decided, beside the usage of the same customers. */
public final class Learn implements Processor<byte[], byte[], Object, Object> {
    private static final Logger LOG = LoggerFactory.getLogger(Learn.class);

    private final SourceTopics topics;
    private final String sightings;
    private final List<String> erasures;
    private final CustomerRecord records = new CustomerRecord();
    private final Sightings sighting = new Sightings();
    private ProcessorContext<Object, Object> context;
    private KeyValueStore<Bytes, byte[]> store;
    private SeenCustomers recent;
    private Bytes learned;

    /**
     * @param sightings the sink of what the directory is told
     * @param erasures the steps that move, or delete, what they keep of customers that were erased
     */
    public Learn(SourceTopics topics, String sightings, List<String> erasures) {
        this.topics = topics;
        this.sightings = sightings;
        this.erasures = List.copyOf(erasures);
    }

    @Override
    public void init(ProcessorContext<Object, Object> taskContext) {
        context = taskContext;
        store = taskContext.getStateStore(HotStore.NAME);
        recent = taskContext.getStateStore(SeenCustomers.NAME);
        learned = Learned.key(topics, taskContext.taskId().partition());
    }

    /** What is read again, after the group's offsets were lost, is known already; of a customer that was erased, too much. */
    @Override
    public void process(Record<byte[], byte[]> record) {
        long offset = context.recordMetadata().orElseThrow().offset();
        if (offset > Learned.decode(store.get(learned))) {
            take(record);
            store.put(learned, Learned.encode(offset));
        }
    }

    private void take(Record<byte[], byte[]> record) {
        if (record.value() == null) {
            EventKey.parse(record.key()).ifPresent(gone -> forget(gone, record));
            return;
        }
        Optional<Customer> customer = records.decode(record.value(), record.headers());
        if (customer.isPresent()) {
            learn(customer.get(), record.timestamp());
        } else {
            LOG.warn(
                    "a record of customers is not Tidemark's and was skipped partition={} offset={}",
                    context.taskId().partition(),
                    context.recordMetadata().map(RecordMetadata::offset).orElse(-1L));
        }
    }

    private void learn(Customer customer, long timestamp) {
        Bytes key = KnownCustomer.key(customer.tenant(), customer.externalId());
        byte[] known = store.get(key);
        if (known != null && KnownCustomer.decode(known).version() > customer.version()) {
            // Read again after the group's offsets were lost: what came later is known already.
            return;
        }
        putIfNews(key, KnownCustomer.of(customer).encode(), known);
        Bytes unreported = KnownCustomer.unreportedKey(customer.tenant(), customer.externalId());
        if (!customer.isReported()) {
            putIfNews(unreported, KnownCustomer.UNREPORTED, store.get(unreported));
        } else if (known != null) {
            // Nobody is left out before there is a record of it, but who is erased, and stays left out.
            deleteIfThere(unreported);
        }
        tellOfDeletion(customer, timestamp);
    }

    /** The hot record says it, as that is what every event looks at; one that came meanwhile revives the customer now. */
    private void tellOfDeletion(Customer customer, long timestamp) {
        Bytes key = HotCustomer.key(customer.tenant(), customer.externalId());
        SeenCustomers.Seen held = recent.find(customer.tenant(), customer.externalId());
        HotCustomer known = held == null ? stored(key) : held.stored();
        if (known == null) {
            return;
        }
        long deletedAt =
                customer.deletedAt().map(java.time.Instant::toEpochMilli).orElse(0L);
        long seenAt = held == null ? 0 : held.at();
        if (deletedAt > 0 && seenAt >= deletedAt) {
            HotCustomer now = known.sighted(seenAt);
            write(key, now, held);
            context.forward(sighting.of(customer.tenant(), customer.externalId(), now, timestamp), sightings);
        } else if (known.deletedAt() != deletedAt) {
            write(key, known.deletedAt(deletedAt), held);
        }
    }

    private @Nullable HotCustomer stored(Bytes key) {
        byte[] stored = store.get(key);
        return stored == null ? null : HotCustomer.decode(stored);
    }

    private void write(Bytes key, HotCustomer now, SeenCustomers.@Nullable Seen held) {
        store.put(key, now.encode());
        if (held != null) {
            held.stored(now);
        }
    }

    private void forget(EventKey gone, Record<byte[], byte[]> record) {
        Header as = record.headers().lastHeader(Headers.ERASED_AS);
        if (as == null) {
            deleteIfThere(KnownCustomer.key(gone.tenant(), gone.externalId()));
            deleteIfThere(KnownCustomer.unreportedKey(gone.tenant(), gone.externalId()));
        } else {
            String pseudonym = new String(as.value(), UTF_8);
            recent.forget(gone.tenant(), gone.externalId());
            recent.forget(gone.tenant(), pseudonym);
            Moves.begin(store);
            Erasure erasure = new Rename(store).move(gone.tenant(), gone.externalId(), pseudonym);
            var erased = new Record<Object, Object>(null, erasure, record.timestamp());
            erasures.forEach(step -> context.forward(erased, step));
            Moves.end(store);
            // Nobody is answered between the two: that must not last until the next commit.
            PastTheCache.settle(store);
        }
    }

    private void putIfNews(Bytes key, byte[] value, byte @Nullable [] stored) {
        if (!Arrays.equals(value, stored)) {
            store.put(key, value);
        }
    }

    private void deleteIfThere(Bytes key) {
        if (store.get(key) != null) {
            store.delete(key);
        }
    }
}
