package io.tidemark.streams.recount;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidemark.schemas.AvroTrust;
import io.tidemark.schemas.Headers;
import io.tidemark.schemas.Topics;
import io.tidemark.streams.connecting.Clients;
import io.tidemark.streams.connecting.Connection;
import io.tidemark.streams.event.Coordinates;
import io.tidemark.streams.event.Reason;
import io.tidemark.streams.event.Source;
import io.tidemark.streams.intake.RegistrySchemas;
import io.tidemark.streams.reading.Position;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** The input topics in Kafka, read by several threads at once, each of which has partitions of its own; and what was refused. */
final class KafkaLog implements EventLog {
    private final Topics topics;
    private final LogReader refusals;
    private final LogReader rekeyed;
    private final List<LogReader> readers = new ArrayList<>();
    private final List<@Nullable Taker> takers = new ArrayList<>();
    private final Set<Coordinates> refused = ConcurrentHashMap.newKeySet();
    private final Connection connection;
    private final ExecutorService threads;
    private final RegistrySchemas schemas;
    private final Optional<Instant> beginsAt;

    private KafkaLog(RecountSettings settings, Bounds bounds, Clock clock) {
        AvroTrust.establish();
        topics = Topics.withPrefix(settings.topicPrefix());
        connection = settings.connection();
        schemas = new RegistrySchemas(Clients.registry(connection), clock);
        threads = Executors.newFixedThreadPool(settings.threads(), task -> {
            var thread = new Thread(task, "tidemark-recount");
            thread.setDaemon(true);
            return thread;
        });
        refusals = LogReader.ofHeaders(connection, topics.rejectedEvents().name(), bounds.first());
        rekeyed = LogReader.ofHeaders(connection, topics.rekey().name(), bounds.first());
        var inputs = List.of(topics.requests().name(), topics.usage().name());
        Optional<Instant> last = Optional.of(bounds.last()).filter(end -> end.isBefore(clock.instant()));
        for (int i = 0; i < settings.threads(); i++) {
            readers.add(LogReader.of(connection, inputs, i, settings.threads(), bounds.first(), last));
            takers.add(null);
        }
        beginsAt =
                readers.stream().flatMap(reader -> reader.beginsAt().stream()).max(Comparator.naturalOrder());
    }

    static Recount recount(RecountSettings settings, RecountQuestion question, Duration untilSettled, Clock clock) {
        try {
            var log = new KafkaLog(settings, Bounds.of(question, settings.time()), clock);
            return new Recount(question, settings.time(), log.schemas, log, untilSettled);
        } catch (KafkaException e) {
            throw failed(settings.connection(), e);
        }
    }

    private static CannotRecount failed(Connection connection, KafkaException e) {
        return new CannotRecount(connection + " cannot be read: " + e.getMessage(), e);
    }

    @Override
    public void readOn(Supplier<Taker> some) {
        try {
            refusals.readOn(this::note);
            var reading = new ArrayList<Future<?>>();
            for (int i = 0; i < readers.size(); i++) {
                int number = i;
                reading.add(threads.submit(() -> read(number, some)));
            }
            for (Future<?> one : reading) {
                one.get();
            }
            // Where it ends, it is known what has to be handled of those that came to a foreign partition.
            rekeyed.readOn(record -> {});
        } catch (KafkaException e) {
            throw failed(connection, e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof CannotRecount cannot
                    ? cannot
                    : new CannotRecount("the log cannot be read: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotRecount("interrupted", e);
        }
    }

    private void read(int number, Supplier<Taker> some) {
        @Nullable Taker known = takers.get(number);
        Taker taker = known == null ? some.get() : known;
        takers.set(number, taker);
        readers.get(number).readOn(record -> give(record, taker));
    }

    private void give(ConsumerRecord<byte[], byte[]> record, Taker taker) {
        LogReader.give(source(record.topic()), record, taker);
    }

    private Source source(String topic) {
        return topic.equals(topics.usage().name()) ? Source.USAGE : Source.REQUESTS;
    }

    /** What depends on the events alone is judged again; what was known of the world then cannot be. */
    private void note(ConsumerRecord<byte[], byte[]> record) {
        String reason = text(record, Headers.REASON);
        boolean ofTheWorld =
                reason.equals(Reason.UNKNOWN_TENANT.label()) || reason.equals(Reason.UNKNOWN_SCHEMA.label());
        if (ofTheWorld) {
            refused.add(new Coordinates(
                    source(text(record, Headers.TOPIC)),
                    Integer.parseInt(text(record, Headers.PARTITION)),
                    Long.parseLong(text(record, Headers.OFFSET))));
        }
    }

    private static String text(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null ? "" : new String(header.value(), UTF_8);
    }

    @Override
    public void readAgain(Collection<Coordinates> records, Taker taker) {
        try {
            SingleRecords.give(connection, at -> topic(at.topic()), records, taker);
        } catch (KafkaException e) {
            throw failed(connection, e);
        }
    }

    private String topic(Source source) {
        return source == Source.USAGE
                ? topics.usage().name()
                : topics.requests().name();
    }

    @Override
    public Set<Coordinates> refused() {
        return refused;
    }

    @Override
    public Optional<Instant> beginsAt() {
        return beginsAt;
    }

    @Override
    public long records() {
        return readers.stream().mapToLong(LogReader::records).sum();
    }

    @Override
    public String position() {
        var parts = new ArrayList<Coordinates>();
        readers.forEach(reader -> reader.lasts()
                .forEach((at, offset) -> parts.add(new Coordinates(source(at.topic()), at.partition(), offset))));
        rekeyed.lasts().forEach((at, offset) -> parts.add(new Coordinates(Source.REKEY, at.partition(), offset)));
        return new Position(parts).token();
    }

    @Override
    public void close() {
        threads.shutdownNow();
        schemas.close();
        refusals.close();
        rekeyed.close();
        readers.forEach(LogReader::close);
    }
}
