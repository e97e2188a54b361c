package io.tidemark.query.sending;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Where events are sent, and for which tenant. */
public record Target(String kafka, String registry, String tenant) {
    /** Written by {@code dev} into its data directory, with the keys kafka, registry, tenant and http. */
    public static final String ENDPOINTS = "endpoints.properties";

    /**
     * What was given, else what the {@code dev} of a data directory says of itself.
     *
     * @param given by the names kafka, registry and tenant; may hold none of them
     * @param faults receives what is missing
     */
    public static Optional<Target> find(Map<String, String> given, Path dataDirectory, List<String> faults) {
        Properties dev = given.size() < 3 ? endpoints(dataDirectory, faults) : new Properties();
        String kafka = one("kafka", given, dev, dataDirectory, faults);
        String registry = one("registry", given, dev, dataDirectory, faults);
        String tenant = one("tenant", given, dev, dataDirectory, faults);
        return kafka == null || registry == null || tenant == null
                ? Optional.empty()
                : Optional.of(new Target(kafka, registry, tenant));
    }

    /** What the {@code dev} that runs on a data directory says of itself; nothing where none does. */
    public static Properties endpoints(Path dataDirectory, List<String> faults) {
        Path file = dataDirectory.resolve(ENDPOINTS);
        var dev = new Properties();
        if (Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file)) {
                dev.load(reader);
            } catch (IOException | IllegalArgumentException unreadable) {
                faults.add(file + " cannot be read: " + unreadable);
            }
        }
        return dev;
    }

    private static @Nullable String one(
            String name, Map<String, String> given, Properties dev, Path dataDirectory, List<String> faults) {
        String value = given.getOrDefault(name, dev.getProperty(name));
        if (value == null) {
            faults.add("--" + name + " is missing, and no dev is running on " + dataDirectory);
        }
        return value;
    }
}
