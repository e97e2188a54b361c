package io.tidemark.query.cli;

import io.tidemark.query.sending.Target;
import io.tidemark.query.settings.SettingSources;
import io.tidemark.streams.connecting.Connection;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where to send, and for whom. */
final class TargetOptions {
    @Option(names = "--kafka", paramLabel = "HOST:PORT,…", description = "Bootstrap servers.")
    private @Nullable String kafka;

    @Option(names = "--registry", paramLabel = "URL", description = "Schema registry.")
    private @Nullable String registry;

    @Option(names = "--tenant", paramLabel = "NAME", description = "Whose customers they are.")
    private @Nullable String tenant;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            defaultValue = ".tidemark",
            description = "Of a running dev, which says what is not given above; default: ${DEFAULT-VALUE}")
    private Path dataDirectory = Path.of(".tidemark");

    @Option(
            names = "--topic-prefix",
            paramLabel = "TEXT",
            defaultValue = "tidemark.",
            description = "Begins the name of every topic; default: ${DEFAULT-VALUE}")
    private String topicPrefix = "tidemark.";

    @Mixin
    private ClientOptions clients = new ClientOptions();

    private Optional<Connection> connection = Optional.empty();

    /** Empty exactly when there is a fault in these options. */
    Optional<Target> find(SettingSources sources, List<String> faults) {
        var given = new HashMap<String, String>();
        put(given, "kafka", kafka);
        put(given, "registry", registry);
        put(given, "tenant", tenant);
        int before = faults.size();
        Optional<Target> target = Target.find(given, dataDirectory, faults);
        connection = target.map(to -> clients.connection(to.kafka(), to.registry(), sources, faults));
        return target.filter(found -> faults.size() == before);
    }

    private static void put(Map<String, String> given, String name, @Nullable String value) {
        if (value != null) {
            given.put(name, value);
        }
    }

    String topicPrefix() {
        return topicPrefix;
    }

    /** Once a target was found. */
    Connection connection() {
        return connection.orElseThrow();
    }
}
