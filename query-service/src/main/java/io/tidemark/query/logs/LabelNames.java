package io.tidemark.query.logs;

import io.tidemark.streams.requestlog.Label;
import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What labels are called in URLs and answers. */
final class LabelNames {
    static final Map<String, Label> ALL = of(Label.values());

    private LabelNames() {}

    /** Some of them by name, in the order of names. */
    static Map<String, Label> of(Label... some) {
        var byName = new TreeMap<String, Label>();
        Arrays.stream(some).forEach(label -> byName.put(of(label), label));
        return Collections.unmodifiableMap(byName);
    }

    static String of(Label label) {
        return label.name().toLowerCase(Locale.ROOT);
    }
}
