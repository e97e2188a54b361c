package io.tidemark.query.usage;

import io.tidemark.query.csv.CsvWriter;
import io.tidemark.query.customers.Whose;
import io.tidemark.query.http.CsvFile;
import io.tidemark.query.usage.SeriesBody.InWindow;
import io.tidemark.query.usage.SeriesBody.Used;
import io.tidemark.streams.event.EventKind;
import io.tidemark.streams.reading.Freshness;
import io.tidemark.streams.reading.Period;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Usage as a table, a row for each window: all meters together, and the quantity of each meter of usage. */
record SeriesTable(Optional<Whose> customer, ZoneId zone, List<String> currencies, List<String> meters) {

    /** @param whole all windows together, in which each currency and each meter is */
    private static SeriesTable of(@Nullable Whose customer, ZoneId zone, Used whole) {
        var currencies = new TreeSet<String>();
        whole.cost().forEach(money -> currencies.add(money.currency()));
        // Those of requests have a column already, which counts them.
        List<String> meters = whole.meters().stream()
                .filter(SeriesTable::ofUsage)
                .map(MeterBody::meter)
                .toList();
        return new SeriesTable(Optional.ofNullable(customer), zone, List.copyOf(currencies), meters);
    }

    /** Of windows, or of the one that the whole is. */
    static CsvFile file(SeriesBody body, ZoneId zone, Freshness freshness) {
        SeriesTable table = of(body.customer(), zone, body.used());
        List<InWindow> whole =
                List.of(new InWindow(body.period().from(), body.period().to(), body.used()));
        return table.file(body.period(), body.windows() == null ? whole : body.windows(), freshness);
    }

    static CsvFile file(CustomerUsageBody body, ZoneId zone, Freshness freshness) {
        var used = new Used(
                body.requests(),
                body.inputTokens(),
                body.outputTokens(),
                body.cachedInputTokens(),
                body.reasoningTokens(),
                body.credits(),
                body.cost(),
                body.meters());
        var whole = new InWindow(body.period().from(), body.period().to(), used);
        return of(body.customer(), zone, used).file(body.period(), List.of(whole), freshness);
    }

    private CsvFile file(Period period, List<InWindow> windows, Freshness freshness) {
        String name =
                FileName.of(customer.map(whose -> "usage-" + whose.externalId()).orElse("usage"), period, zone);
        List<List<@Nullable Object>> rows = windows.stream().map(this::cells).toList();
        return new CsvFile(name, CsvWriter.write(header(), rows), freshness, Optional.empty());
    }

    private List<String> header() {
        var header = new ArrayList<String>();
        if (customer.isPresent()) {
            header.addAll(List.of("customer_id", "external_id", "name"));
        }
        header.addAll(List.of("from", "to", "requests", "input_tokens", "output_tokens", "cached_input_tokens"));
        header.addAll(List.of("reasoning_tokens", "credits"));
        header.addAll(Cells.costColumns(currencies));
        meters.forEach(meter -> header.add("quantity_" + meter));
        return header;
    }

    private List<@Nullable Object> cells(InWindow window) {
        Used used = window.used();
        var cells = new Cells();
        customer.ifPresent(
                whose -> cells.text(whose.id()).text(whose.externalId()).text(whose.name()));
        cells.period(new Period(window.from(), window.to()), zone)
                .count(used.requests())
                .count(used.inputTokens())
                .count(used.outputTokens())
                .count(used.cachedInputTokens())
                .count(used.reasoningTokens())
                .amount(used.credits())
                .cost(used.cost(), currencies);
        Map<String, BigDecimal> quantities = used.meters().stream()
                .filter(SeriesTable::ofUsage)
                .collect(Collectors.toMap(MeterBody::meter, MeterBody::quantity, BigDecimal::add));
        meters.forEach(meter -> cells.amount(quantities.get(meter)));
        return cells.all();
    }

    private static boolean ofUsage(MeterBody meter) {
        return meter.kind().equals(EventKind.USAGE.label());
    }
}
