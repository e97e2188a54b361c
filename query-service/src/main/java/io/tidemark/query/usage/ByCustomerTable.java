package io.tidemark.query.usage;

import io.tidemark.query.usage.UsageByCustomerBody.Row;
import io.tidemark.streams.reading.Period;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The usage of customers as a table, a row for each, so that every column may be added up. Each currency has a column of its own; they are those of the totals,
 * so that all pages of one answer have the same.
 *
 * @param quantity whether one meter was asked for
 * @param share whether there is a share of anything
 */
public record ByCustomerTable(List<String> currencies, ZoneId zone, boolean quantity, boolean share) {

    public ByCustomerTable {
        currencies = List.copyOf(currencies);
    }

    /**
     * Of an answer with these totals.
     *
     * @param currency the one that was asked for, which has a column in any case
     */
    public static ByCustomerTable of(
            Collection<Money> totals, Optional<String> currency, ZoneId zone, boolean quantity, boolean share) {
        var currencies = new TreeSet<String>();
        totals.forEach(money -> currencies.add(money.currency()));
        currency.ifPresent(currencies::add);
        return new ByCustomerTable(List.copyOf(currencies), zone, quantity, share);
    }

    public List<String> header() {
        var header = new ArrayList<String>(List.of("customer_id", "external_id", "name", "from", "to"));
        header.addAll(List.of("requests", "input_tokens", "output_tokens"));
        if (quantity) {
            header.add("quantity");
        }
        header.add("credits");
        header.addAll(Cells.costColumns(currencies));
        if (share) {
            header.add("share");
        }
        return header;
    }

    /** Which currency of a row has no column. */
    public Optional<String> lacking(Row row) {
        return row.cost().stream()
                .map(Money::currency)
                .filter(currency -> !currencies.contains(currency))
                .findFirst();
    }

    public List<@Nullable Object> cells(Row row, Period period) {
        var cells = new Cells()
                .text(row.customerId())
                .text(row.externalId())
                .text(row.name())
                .period(period, zone)
                .count(row.requests())
                .count(row.inputTokens())
                .count(row.outputTokens());
        if (quantity) {
            cells.amount(row.quantity());
        }
        cells.amount(row.credits()).cost(row.cost(), currencies);
        if (share) {
            cells.ratio(row.share());
        }
        return cells.all();
    }
}
