package io.tidemark.query.cli;

import io.tidemark.query.settings.Given;
import io.tidemark.query.settings.Secrets;
import io.tidemark.query.settings.SettingSources;
import io.tidemark.streams.connecting.Connection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** What is passed on to the clients of Kafka and of the registry. */
final class ClientOptions {
    @Option(
            names = "--kafka-config",
            paramLabel = "KEY=VALUE",
            description = "Passed on to Kafka's clients, such as for TLS and SASL; may be repeated."
                    + " Also TIDEMARK_KAFKA_KEY, and kafka.KEY=VALUE in the settings file.")
    private Map<String, String> kafkaConfig = new HashMap<>();

    @Option(
            names = "--registry-config",
            paramLabel = "KEY=VALUE",
            description = "Passed on to the registry's client; may be repeated."
                    + " Also TIDEMARK_REGISTRY_KEY, and registry.KEY=VALUE in the settings file.")
    private Map<String, String> registryConfig = new HashMap<>();

    Connection connection(String kafka, String registry, SettingSources sources, List<String> faults) {
        var connection =
                new Connection(kafka, registry, values(kafka(sources), faults), values(registry(sources), faults));
        faults.addAll(connection.faults());
        return connection;
    }

    /** What Kafka's clients are given, and by whom. */
    Map<String, Given> kafka(SettingSources sources) {
        return merged(kafkaConfig, sources.passedOn("kafka."));
    }

    /** What the registry's client is given, and by whom. */
    Map<String, Given> registry(SettingSources sources) {
        return merged(registryConfig, sources.passedOn("registry."));
    }

    private static Map<String, Given> merged(Map<String, String> options, Map<String, Given> others) {
        var merged = new TreeMap<>(others);
        options.forEach((name, value) -> merged.put(name, new Given(value, "option")));
        return merged;
    }

    private static Map<String, String> values(Map<String, Given> given, List<String> faults) {
        var values = new HashMap<String, String>();
        given.forEach((name, each) -> values.put(name, Secrets.filledIn(name, each.value(), faults)));
        return values;
    }
}
