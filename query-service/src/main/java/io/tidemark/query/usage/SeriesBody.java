package io.tidemark.query.usage;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.tidemark.query.customers.Whose;
import io.tidemark.query.period.Window;
import io.tidemark.streams.event.EventKind;
import io.tidemark.streams.reading.Freshness;
import io.tidemark.streams.reading.MeterUsage;
import io.tidemark.streams.reading.Part;
import io.tidemark.streams.reading.Period;
import io.tidemark.streams.reading.Sums;
import io.tidemark.streams.reading.UsageSeries;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Usage as it is sent window by window: the sums, and then, where it was cut, the windows. */
record SeriesBody(
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Whose customer,

        Period period,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String window,

        String timezone,
        @JsonUnwrapped Used used,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<InWindow> windows,

        Instant asOf,
        boolean complete,
        List<Integer> missingPartitions,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String position) {

    /** What was used from one bound to the next. */
    record InWindow(Instant from, Instant to, @JsonUnwrapped Used used) {}

    /** All meters together, and each. */
    record Used(
            long requests,
            BigInteger inputTokens,
            BigInteger outputTokens,
            BigInteger cachedInputTokens,
            BigInteger reasoningTokens,
            BigDecimal credits,
            List<Money> cost,
            List<MeterBody> meters) {

        static Used of(List<MeterUsage> meters) {
            Sums all = meters.stream().map(MeterUsage::sums).reduce(Sums.NONE, Sums::plus);
            long requests = meters.stream()
                    .filter(meter -> meter.kind() == EventKind.REQUEST)
                    .mapToLong(meter -> meter.sums().count())
                    .sum();
            return new Used(
                    requests,
                    all.inputTokens(),
                    all.outputTokens(),
                    all.cachedInputTokens(),
                    all.reasoningTokens(),
                    all.credits(),
                    Money.each(all.cost()),
                    meters.stream().map(MeterBody::of).toList());
        }
    }

    /** @param customer whose it is; empty: all customers' */
    static SeriesBody of(Part<UsageSeries> part, SeriesAsked asked, Optional<Whose> customer) {
        Freshness freshness = part.freshness();
        UsageSeries series = part.value();
        var all = new ArrayList<MeterUsage>();
        series.windows().forEach(all::addAll);
        return new SeriesBody(
                customer.orElse(null),
                series.covered(),
                asked.window().map(Window::label).orElse(null),
                asked.zone().getId(),
                Used.of(UsageSeries.byMeter(all)),
                asked.window().isPresent() ? windows(series, asked.bounds()) : null,
                freshness.asOf(),
                freshness.complete(),
                freshness.missingPartitions(),
                freshness.position());
    }

    /** The same for who is not of the tenant: a position tells how many records there were, of all customers together. */
    SeriesBody withoutPosition() {
        return new SeriesBody(
                customer, period, window, timezone, used, windows, asOf, complete, missingPartitions, null);
    }

    private static List<InWindow> windows(UsageSeries series, List<Instant> bounds) {
        var windows = new ArrayList<InWindow>();
        int last = bounds.size() - 2;
        for (int i = 0; i <= last; i++) {
            windows.add(new InWindow(
                    i == 0 ? series.covered().from() : bounds.get(i),
                    i == last ? series.covered().to() : bounds.get(i + 1),
                    Used.of(series.windows().get(i))));
        }
        return windows;
    }
}
