package io.tidemark.dev.observability;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/** What Grafana finds when it starts. */
public final class Provisioned {
    private static final Path PROVISIONING = Watched.DIRECTORY.resolve("grafana/provisioning");

    private Provisioned() {}

    /** Where Grafana looks for boards, in its container. */
    @SuppressWarnings("unchecked")
    public static String boards() throws IOException {
        Map<String, Object> provider = first("dashboards/tidemark.yml", "providers");
        return String.valueOf(((Map<String, Object>) Objects.requireNonNull(provider.get("options"))).get("path"));
    }

    /** Where Grafana asks Prometheus. */
    public static String prometheus() throws IOException {
        return String.valueOf(source().get("url"));
    }

    /** The data source. */
    static Map<String, Object> source() throws IOException {
        return first("datasources/tidemark.yml", "datasources");
    }

    private static Map<String, Object> first(String file, String list) throws IOException {
        return Watched.maps(Watched.yaml(PROVISIONING.resolve(file)).get(list)).get(0);
    }
}
