package io.tidemark.query.logs;

import io.tidemark.streams.requestlog.Label;
import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What labels are called in URLs and answers. */
final class LabelNames {
    static final Map<String, Label> ALL = all();

    private LabelNames() {}

    private static Map<String, Label> all() {
        var all = new TreeMap<String, Label>();
        Arrays.stream(Label.values()).forEach(label -> all.put(of(label), label));
        return Collections.unmodifiableMap(all);
    }

    static String of(Label label) {
        return label.name().toLowerCase(Locale.ROOT);
    }

    static Optional<Label> parse(String name) {
        return Optional.ofNullable(ALL.get(name));
    }
}
