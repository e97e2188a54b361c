package io.tidemark.dev.broker;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import kafka.server.KafkaConfig;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.coordinator.transaction.TransactionMetadata;

/**
 * One Kafka node, broker and controller at once, on 127.0.0.1. Everything it knows is in its data directory, so a start
 * on the same directory finds the same topics, records and groups, also on another port and after a kill.
 */
public final class EmbeddedBroker implements AutoCloseable {
    private final KafkaConfig config;
    private final OneNode server;
    private final int port;

    private EmbeddedBroker(KafkaConfig config, OneNode server, int port) {
        this.config = config;
        this.server = server;
        this.port = port;
    }

    /**
     * Starts the broker and returns when it answers.
     *
     * @param port 0 for any free one
     * @throws IllegalStateException when the port is taken, or another broker runs on the directory. Both are asked
     *     before Kafka is: it would answer by halting the JVM.
     */
    public static EmbeddedBroker start(Path dataDirectory, int port) {
        return start(dataDirectory, port, Map.of());
    }

    /**
     * The same with further settings of Kafka's. They win, but listeners are added to those there are.
     *
     * @see #start(Path, int)
     */
    public static EmbeddedBroker start(Path dataDirectory, int port, Map<String, String> further) {
        var directory = DataDirectory.prepare(dataDirectory);
        var ports = Ports.choose(port);
        var config = KafkaConfig.fromProps(BrokerSettings.of(directory, ports, further), false);
        var server = new OneNode(config);
        var broker = new EmbeddedBroker(config, server, ports.broker());
        try {
            server.startup();
            return broker;
        } catch (RuntimeException e) {
            broker.close();
            throw e;
        }
    }

    public String bootstrapServers() {
        return Ports.LOOPBACK + ":" + port;
    }

    /** Returns when it is written. */
    void writeCommitMarker(TopicPartition partition, TransactionMetadata decision, int coordinatorEpoch)
            throws IOException {
        var here = new Node(BrokerSettings.NODE, Ports.LOOPBACK, port);
        CommitMarker.write(config, here, partition, decision, coordinatorEpoch);
    }

    /** A clean shutdown: waits until every log is flushed and the directory is free for the next broker. */
    @Override
    public void close() {
        server.shutdown();
    }
}
