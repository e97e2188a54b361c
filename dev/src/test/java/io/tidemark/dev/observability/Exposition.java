package io.tidemark.dev.observability;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What {@code /metrics} serves, in Prometheus' text form.
 *
 * @param types of each metric family, {@code counter}, {@code gauge}, …
 * @param helps of each metric family
 * @param series the labels of each series, by name
 */
record Exposition(Map<String, String> types, Map<String, String> helps, Map<String, List<Map<String, String>>> series) {
    private static final Pattern SERIES = Pattern.compile("([A-Za-z_:][A-Za-z0-9_:]*)(?:\\{(.*)})? [^ ]+");
    private static final Pattern LABEL = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)=\"((?:\\\\.|[^\"\\\\])*)\",?");

    static Exposition read(String text) {
        var all = new Exposition(new HashMap<>(), new HashMap<>(), new HashMap<>());
        text.lines().filter(line -> !line.isEmpty()).forEach(all::add);
        return all;
    }

    private void add(String line) {
        if (line.startsWith("# ")) {
            String[] words = line.split(" ", 4);
            Map<String, String> said = words[1].equals("TYPE") ? types : helps;
            said.put(words[2], words.length < 4 ? "" : words[3]);
            return;
        }
        Matcher found = SERIES.matcher(line);
        if (!found.matches()) {
            throw new IllegalArgumentException("no series: " + line);
        }
        series.computeIfAbsent(found.group(1), any -> new ArrayList<>()).add(parsed(found.group(2)));
    }

    private static Map<String, String> parsed(@Nullable String text) {
        var labels = new LinkedHashMap<String, String>();
        Matcher found = LABEL.matcher(text == null ? "" : text);
        while (found.find()) {
            labels.put(found.group(1), found.group(2));
        }
        return labels;
    }

    /** What several instances serve, and Prometheus adds to each series. */
    static Exposition scraped(List<String> texts, Map<String, String> target) {
        var all = new Exposition(new HashMap<>(), new HashMap<>(), new HashMap<>());
        for (int i = 0; i < texts.size(); i++) {
            var added = new HashMap<>(target);
            added.put("instance", "instance-" + i);
            Exposition one = read(texts.get(i) + "\nup 1\nALERTS{alertname=\"any\",alertstate=\"firing\"} 1\n");
            all.types.putAll(one.types);
            all.helps.putAll(one.helps);
            one.series.forEach((name, rows) -> rows.forEach(labels -> {
                labels.putAll(added);
                all.series.computeIfAbsent(name, any -> new ArrayList<>()).add(labels);
            }));
        }
        return all;
    }

    /** Every label that any series of a metric has. */
    Set<String> labels(String metric) {
        var labels = new TreeSet<String>();
        series.getOrDefault(metric, List.of()).forEach(one -> labels.addAll(one.keySet()));
        return labels;
    }
}
