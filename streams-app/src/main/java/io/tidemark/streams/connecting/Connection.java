package io.tidemark.streams.connecting;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * How Kafka and the schema registry are reached. What is passed on to their clients may hold secrets, so none of it is in
 * {@link #toString}.
 *
 * @param kafka bootstrap servers, {@code host:port,…}
 * @param registry base URL of the schema registry
 * @param kafkaSettings further settings of Kafka's clients, by Kafka's names and with the prefixes of Kafka Streams, for
 *     example for TLS and SASL; win over ours, but for what is {@link #faults reserved}
 * @param registrySettings the same for the registry's client, without its prefix {@code schema.registry.}
 */
public record Connection(
        String kafka, String registry, Map<String, String> kafkaSettings, Map<String, String> registrySettings) {
    private static final Pattern USER_INFO = Pattern.compile("//[^,]*@");
    private static final String REGISTRY_PREFIX = "schema.registry.";

    public Connection {
        kafkaSettings = Map.copyOf(kafkaSettings);
        registrySettings = Map.copyOf(registrySettings);
    }

    /** Without TLS and passwords. */
    public Connection(String kafka, String registry) {
        this(kafka, registry, Map.of(), Map.of());
    }

    /** The same with further settings of Kafka's clients, where nobody gave others. */
    public Connection unlessGiven(Map<String, String> furtherKafkaSettings) {
        var all = new HashMap<>(furtherKafkaSettings);
        all.putAll(kafkaSettings);
        return new Connection(kafka, registry, all, registrySettings);
    }

    /** What must not be passed on, because counting rests on it or because it has a setting of its own. */
    public List<String> faults() {
        var faults = new ArrayList<String>();
        new TreeMap<>(kafkaSettings)
                .keySet()
                .forEach(name -> KafkaSetting.named(name).whyReserved().ifPresent(faults::add));
        if (registrySettings.containsKey("url")) {
            faults.add("registry.url has a setting of its own: registry");
        }
        return faults;
    }

    /** Of a client that Kafka Streams does not make: what is not meant for a single kind of its own. */
    public Map<String, Object> client() {
        Map<String, Object> config = new HashMap<>();
        config.put("bootstrap.servers", kafka);
        kafkaSettings.forEach((name, value) -> {
            if (!KafkaSetting.named(name).ofOneKind()) {
                config.put(name, value);
            }
        });
        return config;
    }

    /**
     * Of a client of the schema registry, which takes some of its names with a prefix and some without. Those of TLS only
     * with it: a serializer is configured together with its producer, whose own TLS is another.
     */
    public Map<String, String> registryClient() {
        var config = new HashMap<String, String>();
        registrySettings.forEach((name, value) -> {
            config.put(REGISTRY_PREFIX + name, value);
            if (!name.startsWith("ssl.")) {
                config.put(name, value);
            }
        });
        return config;
    }

    /** The registry's address as it may be printed. */
    public String registryWithoutSecrets() {
        return USER_INFO.matcher(registry).replaceAll("//");
    }

    @Override
    public String toString() {
        return "Kafka at " + kafka + ", registry at " + registryWithoutSecrets();
    }
}
