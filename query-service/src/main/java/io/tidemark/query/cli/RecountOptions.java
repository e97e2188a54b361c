package io.tidemark.query.cli;

import io.tidemark.query.remote.RemoteInstance;
import io.tidemark.query.remote.RemoteTarget;
import io.tidemark.query.sending.Target;
import io.tidemark.query.settings.SettingSources;
import io.tidemark.streams.MeteringSettings.TimeRule;
import io.tidemark.streams.recount.RecountSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where the log is, by which rules it was counted, and who serves what came of it. By the names that {@code serve} has for the same. */
final class RecountOptions {
    @Option(names = "--kafka", paramLabel = "HOST:PORT,…", description = "Bootstrap servers.")
    private @Nullable String kafka;

    @Option(names = "--registry", paramLabel = "URL", description = "Schema registry.")
    private @Nullable String registry;

    @Option(names = "--url", paramLabel = "URL", description = "An instance, such as http://tidemark:8080.")
    private @Nullable String url;

    @Option(
            names = "--api-key",
            paramLabel = "KEY",
            description = "One with the scope read. Others can see command lines: better TIDEMARK_API_KEY.")
    private @Nullable String apiKey;

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
            names = "--late",
            paramLabel = "DURATION",
            defaultValue = "35d",
            description = "As serve has it: how long after it occurred an event may arrive. Default: ${DEFAULT-VALUE}")
    private Duration late = TimeRule.DEFAULT.late();

    @Option(
            names = "--early",
            paramLabel = "DURATION",
            defaultValue = "5m",
            description = "As serve has it: how far a producer's clock may run ahead. Default: ${DEFAULT-VALUE}")
    private Duration early = TimeRule.DEFAULT.early();

    @Option(
            names = "--broker-skew",
            paramLabel = "DURATION",
            defaultValue = "10m",
            description = "As serve has it: how far the clocks of two brokers may differ. Default: ${DEFAULT-VALUE}")
    private Duration brokerSkew = TimeRule.DEFAULT.brokerSkew();

    @Option(names = "--threads", paramLabel = "N", description = "That read at once. Default: the number of cores")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Mixin
    private ClientOptions clients = new ClientOptions();

    private Optional<RemoteInstance> instance = Optional.empty();
    private Optional<RecountSettings> settings = Optional.empty();

    /** What is wrong with them, once they are looked at; the rest is there when nothing is. */
    void look(SettingSources sources, List<String> faults) {
        instance = RemoteTarget.find(Optional.ofNullable(url), Optional.ofNullable(apiKey), dataDirectory, faults);
        Properties dev = kafka == null || registry == null ? Target.endpoints(dataDirectory, faults) : new Properties();
        Optional<String> brokers = given("kafka", kafka, dev, faults);
        Optional<String> schemas = given("registry", registry, dev, faults);
        if (threads < 1) {
            faults.add("--threads must be 1 or more");
        }
        settings = brokers.flatMap(at -> schemas.map(with -> new RecountSettings(
                clients.connection(at, with, sources, faults),
                topicPrefix,
                new TimeRule(late, early, brokerSkew),
                threads)));
    }

    private Optional<String> given(String name, @Nullable String value, Properties dev, List<String> faults) {
        Optional<String> given = Optional.ofNullable(value).or(() -> Optional.ofNullable(dev.getProperty(name)));
        if (given.isEmpty()) {
            faults.add("--" + name + " is missing, and no dev is running on " + dataDirectory);
        }
        return given;
    }

    RemoteInstance instance() {
        return instance.orElseThrow();
    }

    RecountSettings settings() {
        return settings.orElseThrow();
    }
}
