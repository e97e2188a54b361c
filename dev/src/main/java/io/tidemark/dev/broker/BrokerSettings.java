package io.tidemark.dev.broker;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Kafka's settings for one small node that starts quickly, also after a kill. */
final class BrokerSettings {
    static final int NODE = 1;
    static final String CONTROLLER = "CONTROLLER";
    private static final String CLIENTS = "PLAINTEXT";

    private static final Set<String> LISTENERS =
            Set.of("listeners", "advertised.listeners", "listener.security.protocol.map");

    private static final Map<String, String> ONE_REPLICA = Map.of(
            "default.replication.factor", "1",
            "min.insync.replicas", "1",
            "offsets.topic.replication.factor", "1",
            "transaction.state.log.replication.factor", "1",
            "transaction.state.log.min.isr", "1",
            "share.coordinator.state.topic.replication.factor", "1",
            "share.coordinator.state.topic.min.isr", "1");

    private static final Map<String, String> QUICK = Map.of(
            // Nobody could take over from a node that is late, and one that is fenced for it loses markers:
            // KilledBroker.
            "broker.session.timeout.ms", String.valueOf(TimeUnit.DAYS.toMillis(1)),
            "broker.heartbeat.interval.ms", "300",
            "group.initial.rebalance.delay.ms", "0",
            "group.min.session.timeout.ms", "1000",
            "transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");

    private static final Map<String, String> SMALL = Map.of(
            "num.network.threads", "2",
            "num.io.threads", "4",
            "background.threads", "2",
            // Each partition of these is created, opened and recovered at a start.
            "offsets.topic.num.partitions", "4",
            "transaction.state.log.num.partitions", "4",
            "share.coordinator.state.topic.num.partitions", "1",
            // The default takes 128 MiB of heap for the cleaner; Kafka refuses less than 1 MiB per thread.
            "log.cleaner.dedupe.buffer.size", "2097152");

    private BrokerSettings() {}

    static Properties of(Path directory, Ports ports, Map<String, String> further) {
        var settings = new Properties();
        settings.putAll(ONE_REPLICA);
        settings.putAll(QUICK);
        settings.putAll(SMALL);
        settings.put("log.dirs", directory.toString());
        // A misspelt topic must fail, not appear.
        settings.put("auto.create.topics.enable", "false");
        connect(settings, Ports.LOOPBACK + ":" + ports.broker(), Ports.LOOPBACK + ":" + ports.controller());
        further.forEach((name, value) ->
                settings.merge(name, value, (ours, more) -> LISTENERS.contains(name) ? ours + "," + more : more));
        return settings;
    }

    private static void connect(Properties settings, String clients, String controller) {
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", String.valueOf(NODE));
        settings.put("listeners", CLIENTS + "://" + clients + "," + CONTROLLER + "://" + controller);
        settings.put("advertised.listeners", CLIENTS + "://" + clients);
        settings.put("listener.security.protocol.map", CLIENTS + ":PLAINTEXT," + CONTROLLER + ":PLAINTEXT");
        settings.put("inter.broker.listener.name", CLIENTS);
        settings.put("controller.listener.names", CONTROLLER);
        // The quorum is this one node, wherever it listens this time.
        settings.put("controller.quorum.voters", NODE + "@" + controller);
    }
}
