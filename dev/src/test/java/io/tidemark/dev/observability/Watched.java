package io.tidemark.dev.observability;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * An expression that the alert rules or the board ask Prometheus.
 *
 * @param where it stands
 * @param expression with what Grafana fills in for its variables
 * @param said the labels that its legend or its texts name
 */
record Watched(String where, String expression, Set<String> said) {
    static final Path DIRECTORY =
            Path.of("..", "observability").toAbsolutePath().normalize();
    static final Path RULES = DIRECTORY.resolve("prometheus/tidemark-alerts.yml");
    static final Path BOARD = DIRECTORY.resolve("grafana/dashboards/tidemark.json");

    private static final Pattern LEGEND = Pattern.compile("\\{\\{\\s*(?:\\$labels\\.)?(\\w+)\\s*}}");
    private static final Pattern VARIABLE_QUERY = Pattern.compile("label_values\\((.*), (\\w+)\\)");

    static List<Watched> all() throws IOException {
        var all = new ArrayList<Watched>();
        alerts().forEach(alert -> all.add(ofAlert(alert)));
        JsonNode board = board();
        for (JsonNode panel : board.get("panels")) {
            for (JsonNode target : panel.path("targets")) {
                all.add(new Watched(
                        "panel " + panel.get("title").asText(),
                        filledIn(target.get("expr").asText()),
                        labels(target.get("legendFormat").asText())));
            }
        }
        board.at("/templating/list").forEach(variable -> addVariable(variable, all));
        for (JsonNode annotation : board.at("/annotations/list")) {
            if (annotation.has("expr")) {
                all.add(new Watched(
                        "annotation", filledIn(annotation.get("expr").asText()), Set.of()));
            }
        }
        return all;
    }

    private static void addVariable(JsonNode variable, List<Watched> all) {
        if (variable.get("type").asText().equals("query")) {
            Matcher query = VARIABLE_QUERY.matcher(variable.at("/query/query").asText());
            if (!query.matches()) {
                throw new IllegalArgumentException("no query of a variable: " + variable);
            }
            String where = "variable " + variable.get("name").asText();
            all.add(new Watched(where, filledIn(query.group(1)), Set.of(query.group(2))));
        }
    }

    private static Watched ofAlert(Map<String, Object> alert) {
        return new Watched(
                "alert " + alert.get("alert"),
                String.valueOf(alert.get("expr")),
                labels(String.valueOf(alert.get("annotations"))));
    }

    /** Each alert, as it stands in the file. */
    static List<Map<String, Object>> alerts() throws IOException {
        var alerts = new ArrayList<Map<String, Object>>();
        maps(yaml(RULES).get("groups")).forEach(group -> alerts.addAll(maps(group.get("rules"))));
        return alerts;
    }

    static JsonNode board() throws IOException {
        return new ObjectMapper().readTree(Files.readString(BOARD));
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> yaml(Path file) throws IOException {
        return (Map<String, Object>) new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file));
    }

    /** What a list in a YAML file holds, if it holds maps. */
    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> maps(@Nullable Object list) {
        return (List<Map<String, Object>>) Objects.requireNonNull(list);
    }

    private static Set<String> labels(String text) {
        var labels = new TreeSet<String>();
        Matcher found = LEGEND.matcher(text);
        while (found.find()) {
            labels.add(found.group(1));
        }
        return labels;
    }

    private static String filledIn(String expression) {
        return expression.replace("$__rate_interval", "5m").replaceAll("\\$(application|instance)\\b", ".*");
    }

    /** What is wrong with it, where this is served. */
    List<String> faults(Exposition served, Set<String> excused) {
        var asked = new Asked(served, excused);
        Set<String> labels = asked.labels(PromQl.parse(expression));
        var faults = new ArrayList<>(asked.faults());
        said.stream()
                .filter(label -> !labels.contains(label))
                .forEach(label -> faults.add("the text names " + label + ", the result has " + labels));
        return faults.stream().map(fault -> where + ": " + fault).toList();
    }
}
