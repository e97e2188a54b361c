package io.tidemark.query.importing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an import is: done rows stay done only for the same.
 *
 * @param run names it among all imports
 * @param key a hash of the key, which may stand for another tenant
 */
record Target(String run, String url, String key, String existing) {
    private static final String FORMAT = "tidemark-import";
    private static final int LAYOUT = 1;

    /** Why the rows done for another import are not done for this; empty where they are. */
    List<String> differencesFrom(Target other) {
        var differences = new ArrayList<String>();
        if (!url.equals(other.url)) {
            differences.add("it was begun with --url " + other.url);
        }
        if (!key.equals(other.key)) {
            differences.add("it was begun with another key, which may be another tenant's");
        }
        if (!existing.equals(other.existing)) {
            differences.add("it was begun with --existing " + other.existing);
        }
        return differences;
    }

    Map<String, Object> line() {
        var line = new LinkedHashMap<String, Object>();
        line.put("format", FORMAT);
        line.put("layout", LAYOUT);
        line.put("run", run);
        line.put("url", url);
        line.put("key", key);
        line.put("existing", existing);
        return line;
    }

    /** Empty for what is none. */
    static Optional<Target> of(JsonNode line) {
        boolean ours = line.path("format").asText().equals(FORMAT)
                && line.path("layout").asInt() == LAYOUT;
        return Optional.of(new Target(
                        line.path("run").asText(),
                        line.path("url").asText(),
                        line.path("key").asText(),
                        line.path("existing").asText()))
                .filter(target -> ours);
    }
}
