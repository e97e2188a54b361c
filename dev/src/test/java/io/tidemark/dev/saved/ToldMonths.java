package io.tidemark.dev.saved;

import io.tidemark.dev.fixtures.Compacted;
import io.tidemark.dev.fixtures.DevProcess;
import io.tidemark.events.MeterTotals;
import io.tidemark.events.UsageTotals;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What {@code usage-feed} tells of each customer's month, in words: by the schema of today, whichever it was written with. */
final class ToldMonths {
    private ToldMonths() {}

    static Map<String, List<String>> of(DevProcess dev) {
        var months = new TreeMap<String, List<String>>();
        Compacted.latest(dev.kafka(), dev.registry(), "tidemark.usage-feed", UsageTotals.class)
                .forEach((key, told) -> months.put(
                        key,
                        told.getTotals().stream()
                                .map(ToldMonths::words)
                                .sorted()
                                .toList()));
        return months;
    }

    private static String words(MeterTotals meter) {
        return "%s %s: %d, quantity %s, credits %s, cost %s %s, tokens %d %d %d %d"
                .formatted(
                        meter.getKind(),
                        meter.getMeter(),
                        meter.getCount(),
                        meter.getQuantity().toPlainString(),
                        meter.getCredits().toPlainString(),
                        meter.getCost().toPlainString(),
                        meter.getCurrency(),
                        meter.getInputTokens(),
                        meter.getOutputTokens(),
                        meter.getCachedInputTokens(),
                        meter.getReasoningTokens());
    }
}
