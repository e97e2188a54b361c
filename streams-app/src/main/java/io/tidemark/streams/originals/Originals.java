package io.tidemark.streams.originals;

import io.tidemark.schemas.Topics;
import io.tidemark.schemas.WireFormat;
import io.tidemark.streams.MeteringSettings;
import io.tidemark.streams.event.Source;
import io.tidemark.streams.intake.PlainFields;
import io.tidemark.streams.intake.WriterSchemas;
import io.tidemark.streams.intake.WriterSchemas.Lookup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/**
 * Reads records where they lie. A few consumers are shared by all who ask, of no group: each reads one record at a time and nothing ahead.
 * For any number of threads.
 */
public final class Originals implements AutoCloseable {
    private static final int MOST_AT_ONCE = 4;
    private static final Duration WITHIN = Duration.ofSeconds(3);
    private static final long BETWEEN_LOOKS_MILLIS = 5;

    private final Topics topics;
    private final int partitions;
    private final Map<String, Object> client;
    private final WriterSchemas schemas;
    private final Semaphore free = new Semaphore(MOST_AT_ONCE);
    private final List<OneReader> idle = new ArrayList<>();
    private volatile boolean closed;

    /** @param schemas that the values were written with */
    public Originals(MeteringSettings settings, WriterSchemas schemas) {
        topics = Topics.withPrefix(settings.topicPrefix());
        partitions = settings.partitions();
        client = settings.client("originals");
        this.schemas = schemas;
    }

    /**
     * The record of a source at a place.
     *
     * @throws InterruptedException when the one who asks is
     */
    public Original at(Source source, int partition, long offset) throws InterruptedException {
        return at(name(source), partition, offset);
    }

    private String name(Source source) {
        return switch (source) {
            case REQUESTS -> topics.requests().name();
            case USAGE -> topics.usage().name();
            case REKEY -> topics.rekey().name();
            case CUSTOMERS -> throw new IllegalArgumentException("customers are no events");
        };
    }

    private Original at(String topic, int partition, long offset) throws InterruptedException {
        if (partition < 0 || partition >= partitions || offset < 0) {
            return new Original.NotThere();
        }
        long until = System.nanoTime() + WITHIN.toNanos();
        if (closed || !free.tryAcquire(WITHIN.toNanos(), TimeUnit.NANOSECONDS)) {
            return new Original.NotNow(closed ? "the instance stops" : "too many records are being read");
        }
        try {
            return read(topic, partition, offset, Duration.ofNanos(Math.max(0, until - System.nanoTime())));
        } finally {
            free.release();
        }
    }

    /** Whoever failed is not asked again: what state it is in nobody knows. */
    private Original read(String topic, int partition, long offset, Duration within) throws InterruptedException {
        @Nullable OneReader waiting = nearest(new TopicPartition(topic, partition));
        OneReader reader = null;
        boolean good = false;
        try {
            reader = waiting == null ? new OneReader(client) : waiting;
            Original found = reader.read(topic, partition, offset, within);
            good = true;
            return found;
        } catch (InterruptException e) {
            throw new InterruptedException("interrupted while a record was read");
        } catch (KafkaException e) {
            return new Original.NotNow(String.valueOf(e.getMessage()));
        } finally {
            putBack(reader, good);
        }
    }

    /** One that was at that topic last knows who has it, and one that was at that partition may have what follows already. */
    private @Nullable OneReader nearest(TopicPartition at) {
        synchronized (idle) {
            int best = idle.size() - 1;
            for (int i = 0; i < idle.size(); i++) {
                best = idle.get(i).nearnessTo(at) > idle.get(best).nearnessTo(at) ? i : best;
            }
            return best < 0 ? null : idle.remove(best);
        }
    }

    private void putBack(@Nullable OneReader reader, boolean good) {
        if (reader == null) {
            return;
        }
        if (good) {
            synchronized (idle) {
                idle.add(reader);
            }
        } else {
            reader.close();
        }
        if (closed) {
            closeIdle();
        }
    }

    /**
     * What a record's value says.
     *
     * @param patience how long to wait for the registry where it was not asked for the schema before
     */
    public Contents contents(Original.Found original, Duration patience) throws InterruptedException {
        byte[] value = original.value();
        if (value == null) {
            return new Contents.Unreadable("the record has no value");
        }
        if (!original.isWhole()) {
            return new Contents.Unreadable("key and value have "
                    + ((long) original.keyBytes() + original.valueBytes())
                    + " bytes: more than an event may have, and than is read");
        }
        if (!WireFormat.isFramed(value)) {
            return new Contents.Unreadable("the value does not begin with 0x00 and a schema id");
        }
        int id = WireFormat.schemaId(value);
        Lookup found = find(id, patience);
        if (found instanceof Lookup.Known known) {
            return said(id, known, value);
        } else if (found instanceof Lookup.Unknown) {
            return new Contents.Unreadable("the registry has no schema " + id);
        } else if (found instanceof Lookup.NotAvro other) {
            return new Contents.Unreadable("schema " + id + " is " + other.type() + ", not Avro");
        }
        return new Contents.SchemaAway(id);
    }

    private Lookup find(int id, Duration patience) throws InterruptedException {
        long until = System.nanoTime() + patience.toNanos();
        Lookup found = schemas.find(id);
        while (found instanceof Lookup.Unavailable && System.nanoTime() - until < 0) {
            TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS_MILLIS);
            found = schemas.find(id);
        }
        return found;
    }

    private static Contents said(int id, Lookup.Known known, byte[] value) {
        try {
            return new Contents.Said(id, known.schema().getFullName(), PlainFields.of(known.schema(), value));
        } catch (PlainFields.NotWhole e) {
            return new Contents.Unreadable(String.valueOf(e.getMessage()));
        }
    }

    /** Those at work close when they have read. */
    @Override
    public void close() {
        closed = true;
        closeIdle();
    }

    private void closeIdle() {
        List<OneReader> all;
        synchronized (idle) {
            all = List.copyOf(idle);
            idle.clear();
        }
        all.forEach(OneReader::close);
    }
}
