package io.tidemark.dev.broker;

import java.util.concurrent.CompletableFuture;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.Server;
import kafka.server.SharedServer;
import kafka.server.StandardFaultHandlerFactory;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.raft.QuorumConfig;
import org.apache.kafka.server.ServerSocketFactory;
import org.slf4j.LoggerFactory;

/**
 * Controller and broker of one node, put together as Kafka's {@code KafkaRaftServer} does it, but for one step between
 * their starts: a broker that was killed is forgotten before the new one looks at the metadata.
 */
final class OneNode {
    private final SharedServer shared;
    private final ControllerServer controller;
    private final BrokerServer broker;

    OneNode(KafkaConfig config) {
        var directories = KafkaRaftServer.initializeLogDirs(config, LoggerFactory.getLogger(OneNode.class), "");
        var quorum = config.quorumConfig();
        shared = new SharedServer(
                config,
                directories._1(),
                Time.SYSTEM,
                Server.initializeMetrics(
                        config, Time.SYSTEM, directories._1().clusterId().orElseThrow()),
                CompletableFuture.completedFuture(QuorumConfig.parseVoterConnections(quorum.voters())),
                QuorumConfig.parseBootstrapServers(quorum.bootstrapServers()),
                new StandardFaultHandlerFactory(),
                ServerSocketFactory.INSTANCE);
        broker = new BrokerServer(shared);
        controller = new ControllerServer(shared, KafkaRaftServer.configSchema(), directories._2());
    }

    /** Returns when the broker answers. */
    void startup() {
        controller.startup();
        KilledBroker.forget(shared.loader(), controller.controller());
        broker.startup();
    }

    /** The broker first: it tells the controller that it goes. */
    void shutdown() {
        broker.shutdown();
        controller.shutdown();
        broker.awaitShutdown();
        controller.awaitShutdown();
    }
}
