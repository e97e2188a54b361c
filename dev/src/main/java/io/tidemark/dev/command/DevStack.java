package io.tidemark.dev.command;

import io.tidemark.dev.broker.EmbeddedBroker;
import io.tidemark.dev.broker.HangingTransactions;
import io.tidemark.dev.registry.SchemaRegistryServer;
import io.tidemark.query.http.Limits;
import io.tidemark.query.instance.Instance;
import io.tidemark.query.instance.InstanceSettings;
import io.tidemark.query.keys.KeyEntry;
import io.tidemark.query.keys.Scope;
import io.tidemark.streams.MeteringSettings;
import io.tidemark.streams.MeteringSettings.Retention;
import io.tidemark.streams.MeteringSettings.TimeRule;
import io.tidemark.streams.StartRefused;
import io.tidemark.streams.connecting.Connection;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.Supplier;

/** A broker, a registry and an instance on one data directory; closed in the opposite order. */
public final class DevStack implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";
    private static final int PARTITIONS = 12;
    private static final Duration SESSION = Duration.ofSeconds(6);
    /** Nobody else shares the group: after a kill, the restart takes the dead member's place and need not wait for it. */
    private static final Map<String, String> STATIC_MEMBER = Map.of("main.consumer.group.instance.id", "dev");

    private static final Duration COMMIT = Duration.ofMillis(200);

    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private final EmbeddedBroker broker;
    private final SchemaRegistryServer registry;
    private final Instance instance;
    private final String tenant;
    private final String key;

    private DevStack(DevSettings settings, Clock clock) {
        try {
            var directory = started(DevDirectory.take(settings.dataDirectory()));
            tenant = settings.tenant();
            key = directory.key(settings.apiKey());
            broker = started(orRefuse(() -> EmbeddedBroker.start(directory.kafka(), settings.kafkaPort())));
            String kafka = broker.bootstrapServers();
            started(HangingTransactions.endAt(broker));
            registry = started(orRefuse(() -> SchemaRegistryServer.start(kafka, settings.registryPort())));
            var keys = List.of(KeyEntry.ofKey(key, tenant, Set.of(Scope.values())));
            instance = started(Instance.start(
                    new InstanceSettings(
                            metering(directory, settings.feedInterval()),
                            LOOPBACK,
                            settings.httpPort(),
                            Limits.DEFAULT,
                            keys),
                    clock));
            directory.announce(endpoints());
        } catch (RuntimeException e) {
            closeAfter(e);
            throw e;
        }
    }

    private void closeAfter(RuntimeException first) {
        try {
            close();
        } catch (IllegalStateException second) {
            first.addSuppressed(second);
        }
    }

    /** Starts everything; returns when it runs, which is before questions can be answered. */
    public static DevStack start(DevSettings settings, Clock clock) {
        return new DevStack(settings, clock);
    }

    private <T extends AutoCloseable> T started(T part) {
        started.push(part);
        return part;
    }

    /** A port that is taken is the user's to change, not a bug of ours. */
    private static <T> T orRefuse(Supplier<T> start) {
        try {
            return start.get();
        } catch (IllegalStateException e) {
            throw new StartRefused(List.of(String.valueOf(e.getMessage())));
        }
    }

    private MeteringSettings metering(DevDirectory directory, Duration feedInterval) {
        return new MeteringSettings(
                new Connection(broker.bootstrapServers(), registry.url(), STATIC_MEMBER, Map.of()),
                "tidemark",
                "tidemark.",
                PARTITIONS,
                1,
                true,
                directory.state(),
                Runtime.getRuntime().availableProcessors(),
                0,
                COMMIT,
                feedInterval,
                TimeRule.DEFAULT,
                Retention.DEFAULT,
                Set.of(tenant),
                true,
                SESSION);
    }

    private Properties endpoints() {
        var endpoints = new Properties();
        endpoints.put("http", instance.url());
        endpoints.put("kafka", broker.bootstrapServers());
        endpoints.put("registry", registry.url());
        endpoints.put("tenant", tenant);
        return endpoints;
    }

    public Instance instance() {
        return instance;
    }

    public String kafka() {
        return broker.bootstrapServers();
    }

    public String registry() {
        return registry.url();
    }

    public String key() {
        return key;
    }

    /** The line scripts wait for; its form is a promise. */
    String readyLine() {
        return "ready http=" + instance.url() + " kafka=" + kafka() + " registry=" + registry() + " tenant=" + tenant
                + " key=" + key;
    }

    /** Closes what was started, each part whatever became of the others. */
    @Override
    public void close() {
        IllegalStateException failed = null;
        while (!started.isEmpty()) {
            try {
                started.pop().close();
            } catch (Exception e) {
                failed = failed == null ? new IllegalStateException("did not close cleanly") : failed;
                failed.addSuppressed(e);
            }
        }
        if (failed != null) {
            throw failed;
        }
    }
}
