package io.tidemark.streams.publishing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidemark.schemas.Headers;
import io.tidemark.schemas.Topics;
import io.tidemark.streams.MeteringSettings;
import io.tidemark.streams.event.Coordinates;
import io.tidemark.streams.event.EventKind;
import io.tidemark.streams.event.Source;
import io.tidemark.streams.fates.Fates;
import io.tidemark.streams.tables.TopicWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/** Writes the events of one instance's door, with one producer. */
public final class KafkaEventIntake implements EventIntake, AutoCloseable {
    /** Gathered for a moment, calls that come together cost producer and broker far less. */
    private static final Map<String, Object> GATHERING =
            Map.of("linger.ms", 2, "batch.size", 131_072, "max.request.size", Topics.largestRequest());

    private static final Duration UNTIL_LISTENING = Duration.ofSeconds(1);

    private final Topics topics;
    private final EventRecords records;
    private final Producer<byte[], byte[]> producer;
    private final Fates fates;

    public KafkaEventIntake(MeteringSettings settings, EventRecords records) {
        this.topics = Topics.withPrefix(settings.topicPrefix());
        this.records = records;
        producer = TopicWriter.of(settings, "door", GATHERING);
        fates = new Fates(settings);
    }

    @Override
    public Prepared prepare(EventKind kind, Map<String, ?> fields) {
        return records.prepare(kind, fields);
    }

    @Override
    public Taken take(List<Ready> events, Optional<Duration> untilTold) throws InterruptedException {
        boolean tell = untilTold.isPresent() && fates.isListening(UNTIL_LISTENING);
        var sent = new ArrayList<SentEvent>();
        try {
            for (Ready event : events) {
                var one = new SentEvent(tell ? fates.await() : null);
                sent.add(one);
                if (blocked(sent)) {
                    one.isNotTried();
                } else {
                    send(event, one);
                }
            }
            var written = new WrittenOffsets();
            for (SentEvent one : sent) {
                one.acknowledged().ifPresent(at -> written.add(at.topic(), at.partition(), at.offset()));
            }
            long end = System.nanoTime() + untilTold.orElse(Duration.ZERO).toNanos();
            var receipts = new ArrayList<Receipt>();
            for (SentEvent one : sent) {
                receipts.add(one.receipt(Duration.ofNanos(end - System.nanoTime())));
            }
            return new Taken(receipts, written.position().token());
        } finally {
            sent.forEach(SentEvent::close);
        }
    }

    /** A broker that is away lets each event wait for seconds before it is given up: the first is enough. */
    private static boolean blocked(List<SentEvent> sent) {
        return sent.size() > 1 && sent.get(sent.size() - 2).timedOut();
    }

    private void send(Ready event, SentEvent one) throws InterruptedException {
        boolean request = event.kind() == EventKind.REQUEST;
        Source source = request ? Source.REQUESTS : Source.USAGE;
        var topic = request ? topics.requests() : topics.usage();
        var record = new ProducerRecord<>(topic.name(), event.key(), event.value());
        one.mark().ifPresent(mark -> record.headers().add(Headers.TELL, mark));
        event.replays().ifPresent(id -> record.headers().add(Headers.REPLAYS, id.getBytes(UTF_8)));
        try {
            var unused = producer.send(record, (at, failure) -> {
                if (failure == null) {
                    one.isAt(new Coordinates(source, at.partition(), at.offset()));
                } else {
                    one.failed(failure);
                }
            });
        } catch (InterruptException e) {
            throw new InterruptedException("interrupted while an event was written");
        } catch (KafkaException e) {
            one.failed(e);
        }
    }

    @Override
    public void close() {
        fates.close();
        producer.close(Duration.ofSeconds(1));
    }
}
