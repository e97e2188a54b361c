package io.tidemark.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidemark.dev.command.DevSettings;
import io.tidemark.dev.command.DevStack;
import io.tidemark.schemas.Topics;
import io.tidemark.streams.directory.Command;
import io.tidemark.streams.directory.CommandRecord;
import io.tidemark.streams.directory.Details;
import io.tidemark.streams.directory.Details.Detail;
import io.tidemark.streams.directory.UuidV7;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * How many commands of one tenant a second its directory decides: all lie in one partition and are decided one after the
 * other, each with its uniqueness, its record, its result and its row in {@code customers}.
 */
public final class DirectoryCapacity {
    private static final Topics TOPICS = Topics.withPrefix("tidemark.");
    private static final String TENANT = "demo";
    private static final Duration UNTIL_READY = Duration.ofSeconds(60);

    private final SplittableRandom random = new SplittableRandom(20_261_120);
    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> consumer;

    private DirectoryCapacity(String kafka) {
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka, "acks", "all", "compression.type", "lz4", "batch.size", 131_072),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        kafka,
                        "isolation.level",
                        "read_committed",
                        "auto.offset.reset",
                        "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer
                .partitionsFor(TOPICS.customers().name())
                .stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Words: how many customers (100,000). */
    public static void main(String[] args) throws Exception {
        int customers = args.length > 0 ? Integer.parseInt(args[0]) : 100_000;
        Path directory = Files.createTempDirectory("tidemark-directory");
        var settings = new DevSettings(directory, 0, 0, 0, TENANT, Duration.ofSeconds(1), null);
        try (var stack = DevStack.start(settings, Clock.systemUTC())) {
            if (!stack.instance().awaitReady(UNTIL_READY)) {
                throw new IllegalStateException("not ready: " + stack.instance().health());
            }
            var capacity = new DirectoryCapacity(stack.kafka());
            Instant now = Clock.systemUTC().instant();
            capacity.measure("create", customers, i -> capacity.create(i, now));
            capacity.measure("rename", customers, capacity::rename);
            capacity.measure("refresh by a sighting", customers, i -> capacity.sighting(i, now.plusSeconds(4_000)));
            capacity.measure("create by a sighting", customers, i -> capacity.sighting(customers + i, now));
            capacity.consumer.close();
            capacity.producer.close();
        }
    }

    private void measure(String what, int customers, IntFunction<Command> command) {
        var records = new ArrayList<ProducerRecord<byte[], byte[]>>(customers);
        for (int i = 0; i < customers; i++) {
            records.add(new ProducerRecord<>(
                    TOPICS.customerCommands().name(), TENANT.getBytes(UTF_8), CommandRecord.encode(command.apply(i))));
        }
        long began = System.nanoTime();
        for (var record : records) {
            var unused = producer.send(record);
        }
        producer.flush();
        int seen = 0;
        while (seen < customers) {
            seen += consumer.poll(Duration.ofMillis(50)).count();
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        System.out.printf("%s: %,d customers in %.2f s, %,.0f/s%n", what, customers, seconds, customers / seconds);
    }

    private Command create(int i, Instant now) {
        var details =
                Details.NONE.with(Detail.NAME, "Customer " + i).with(Detail.EMAIL, "customer." + i + "@example.com");
        return new Command.Create(
                UuidV7.next(now, random), 0, TENANT, "customer_" + i, UuidV7.next(now, random), details, null);
    }

    private Command rename(int i) {
        return new Command.Update(
                new java.util.UUID(random.nextLong(), random.nextLong()),
                TENANT,
                "customer_" + i,
                java.util.OptionalLong.empty(),
                Details.NONE.with(Detail.NAME, "Renamed " + i),
                null);
    }

    private Command sighting(int i, Instant now) {
        return new Command.Sighting(TENANT, "customer_" + i, UuidV7.next(now, random), now, now);
    }
}
