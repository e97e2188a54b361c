package io.tidemark.dev.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(240)
final class EmbeddedBrokerIT {
    private static final String TOPIC = "kept";

    @TempDir
    private Path directory;

    @Test
    void keepsItsRecordsWhenStartedAgainOnOtherPorts() throws Exception {
        try (var broker = started("first start", 0)) {
            createTopic(broker.bootstrapServers());
            produce(broker.bootstrapServers(), "one", "two", "three");
        }
        var port = Ports.choose(0).broker();
        try (var broker = started("second start", port)) {
            assertThat(broker.bootstrapServers()).isEqualTo("127.0.0.1:" + port);
            assertThat(consume(broker.bootstrapServers(), 3)).containsExactly("one", "two", "three");
            produce(broker.bootstrapServers(), "four");
            assertThat(consume(broker.bootstrapServers(), 4)).endsWith("four");
        }
    }

    @Test
    void refusesATakenPortAndNamesIt() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> EmbeddedBroker.start(directory, taken.getLocalPort()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("Port " + taken.getLocalPort());
        }
    }

    @Test
    void refusesADirectoryAnotherBrokerRunsOn() {
        try (var broker = EmbeddedBroker.start(directory, 0)) {
            assertThatThrownBy(() -> EmbeddedBroker.start(directory, 0))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(directory.toString());
            assertThat(broker.bootstrapServers()).startsWith("127.0.0.1:");
        }
    }

    private EmbeddedBroker started(String what, int port) {
        var began = System.nanoTime();
        var broker = EmbeddedBroker.start(directory, port);
        System.err.printf(
                "EmbeddedBroker, %s: %d ms%n", what, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
        return broker;
    }

    private static void createTopic(String bootstrapServers) throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, Optional.of(1), Optional.empty())))
                    .all()
                    .get();
        }
    }

    private static void produce(String bootstrapServers, String... values) throws Exception {
        var settings = Map.<String, Object>of("bootstrap.servers", bootstrapServers);
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            for (var value : values) {
                producer.send(new ProducerRecord<>(TOPIC, value)).get();
            }
        }
    }

    private static List<String> consume(String bootstrapServers, int count) {
        var settings = Map.<String, Object>of("bootstrap.servers", bootstrapServers, "auto.offset.reset", "earliest");
        var values = new ArrayList<String>();
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(new TopicPartition(TOPIC, 0)));
            while (values.size() < count) {
                consumer.poll(Duration.ofSeconds(1)).forEach(read -> values.add(read.value()));
            }
        }
        return values;
    }
}
