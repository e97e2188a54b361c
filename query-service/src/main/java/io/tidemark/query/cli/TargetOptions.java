package io.tidemark.query.cli;

import io.tidemark.query.sending.Target;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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

    @Option(
            names = "--kafka-config",
            paramLabel = "KEY=VALUE",
            description = "Further client settings; may be repeated.")
    private Map<String, String> kafkaConfig = new HashMap<>();

    Optional<Target> find(List<String> faults) {
        var given = new HashMap<String, String>();
        put(given, "kafka", kafka);
        put(given, "registry", registry);
        put(given, "tenant", tenant);
        return Target.find(given, dataDirectory, faults);
    }

    private static void put(Map<String, String> given, String name, @Nullable String value) {
        if (value != null) {
            given.put(name, value);
        }
    }

    String topicPrefix() {
        return topicPrefix;
    }

    Map<String, String> kafkaConfig() {
        return kafkaConfig;
    }
}
