package io.tidemark.query.load;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The meters of a load: named, or so many of a list of our own. */
public final class MeterNames {
    private static final int MOST = 1_000;
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,4}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.:-]{1,64}");
    private static final List<String> USUAL = List.of(
            "storage_gb",
            "seats",
            "bandwidth_gb",
            "compute_minutes",
            "images",
            "audio_minutes",
            "web_searches",
            "pages");

    private MeterNames() {}

    /** What {@code 3} or {@code storage_gb,seats} means; empty where it means nothing. */
    public static Optional<List<String>> parse(String text) {
        if (NUMBER.matcher(text).matches()) {
            int count = Integer.parseInt(text);
            return count > MOST ? Optional.empty() : Optional.of(usual(count));
        }
        List<String> names = List.of(text.split(",", -1));
        boolean fit = names.stream().allMatch(name -> NAME.matcher(name).matches());
        return fit && new HashSet<>(names).size() == names.size() ? Optional.of(names) : Optional.empty();
    }

    private static List<String> usual(int count) {
        var names = new ArrayList<>(USUAL.subList(0, Math.min(count, USUAL.size())));
        return IntStream.rangeClosed(names.size() + 1, count)
                .mapToObj(number -> "meter_" + number)
                .collect(Collectors.toCollection(() -> names));
    }
}
