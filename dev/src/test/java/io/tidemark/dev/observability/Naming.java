package io.tidemark.dev.observability;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The conventions of Prometheus for names and labels, of metrics that are ours: those that begin with {@code tidemark_} and
 * {@code http_server_}. Kafka's and the JVM's are named by Kafka and by Micrometer, and kept so, as people know them by these names.
 */
final class Naming {
    /** Whoever adds one has thought of how many values it can have. */
    private static final Set<String> LABELS = Set.of(
            "topic",
            "partition",
            "fate",
            "reason",
            "held",
            "state",
            "seen",
            "method",
            "uri",
            "status",
            "le",
            "quantile");

    /** Units that Prometheus has other ones for, or none. */
    private static final Set<String> NOT_BASE = Set.of(
            "ms",
            "millis",
            "milliseconds",
            "ns",
            "nanos",
            "us",
            "minutes",
            "hours",
            "days",
            "kb",
            "mb",
            "kilobytes",
            "megabytes",
            "percent",
            "sec",
            "secs",
            "byte");

    private static final Set<String> OF_HISTOGRAMS = Set.of("histogram", "summary");

    private Naming() {}

    static boolean isOurs(String family) {
        return family.startsWith("tidemark_") || family.startsWith("http_server_");
    }

    /** What is against them, in words. */
    static List<String> faults(Exposition served) {
        var faults = new ArrayList<String>();
        served.types().forEach((family, type) -> {
            if (isOurs(family)) {
                ofFamily(family, type, served.helps().getOrDefault(family, ""), faults);
            }
        });
        served.series().forEach((name, rows) -> {
            if (isOurs(name)) {
                rows.forEach(row -> ofLabels(name, row, faults));
            }
        });
        return faults;
    }

    private static void ofFamily(String family, String type, String help, List<String> faults) {
        if (help.isBlank() || help.equals(family)) {
            faults.add(family + " has no help");
        }
        if (!family.matches("[a-z][a-z0-9]*(_[a-z0-9]+)*")) {
            faults.add(family + " is not in lower case with single underscores");
        }
        if (type.equals("counter") != family.endsWith("_total")) {
            faults.add(family + " is a " + type + ": counters alone end in _total");
        }
        if (!OF_HISTOGRAMS.contains(type) && family.matches(".*_(count|sum|bucket|info)")) {
            faults.add(family + " ends as if it were of a histogram");
        }
        if (OF_HISTOGRAMS.contains(type) && !family.endsWith("_seconds") && !family.endsWith("_bytes")) {
            faults.add(family + " is a " + type + " without a unit");
        }
        for (String word : family.split("_", -1)) {
            if (NOT_BASE.contains(word)) {
                faults.add(family + " has a unit that is no base unit: " + word);
            }
        }
    }

    private static void ofLabels(String name, Map<String, String> labels, List<String> faults) {
        labels.keySet().stream()
                .filter(label -> !LABELS.contains(label))
                .forEach(label -> faults.add(name + " has the label " + label + ", which may name anybody"));
    }
}
