package io.tidemark.query.exporting;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.query.csv.CsvWriter;
import io.tidemark.query.usage.ByCustomerTable;
import io.tidemark.query.usage.UsageByCustomerBody.Row;
import java.io.IOException;
import java.util.Optional;

/** How rows are written. */
public enum RowFormat {
    /** RFC 4180 with a header: the columns that the API's CSV has. */
    CSV {
        @Override
        public RowWriter writer(Appendable out, ExportAsked asked) {
            return new Csv(out, asked);
        }
    },

    /** A line of JSON for each: the row that the API answers, and the period it is of. */
    NDJSON {
        @Override
        public RowWriter writer(Appendable out, ExportAsked asked) {
            return new Ndjson(out);
        }
    };

    /** Writes to there, in this format. */
    public abstract RowWriter writer(Appendable out, ExportAsked asked);

    private static final class Csv implements RowWriter {
        private final CsvWriter out;
        private final ExportAsked asked;
        private Optional<Head> head = Optional.empty();
        private Optional<ByCustomerTable> table = Optional.empty();

        Csv(Appendable out, ExportAsked asked) {
            this.out = new CsvWriter(out);
            this.asked = asked;
        }

        @Override
        public void begin(Head begun) throws IOException {
            head = Optional.of(begun);
            table = Optional.of(ByCustomerTable.of(
                    begun.totals().cost(),
                    Optional.ofNullable(asked.which().get("currency")),
                    begun.zone(),
                    asked.which().containsKey("meter"),
                    false));
            out.row(table.get().header());
        }

        @Override
        public void row(JsonNode json, Row row) throws IOException {
            ByCustomerTable columns = table.orElseThrow();
            columns.lacking(row).ifPresent(currency -> {
                throw new CannotExport("the first cost in " + currency
                        + " came while it ran, and there is no column for it: run it again");
            });
            out.row(columns.cells(row, head.orElseThrow().period()));
        }
    }

    private static final class Ndjson implements RowWriter {
        private final Appendable out;
        private Optional<JsonNode> period = Optional.empty();

        Ndjson(Appendable out) {
            this.out = out;
        }

        @Override
        public void begin(Head head) {
            period = Optional.of(head.json());
        }

        @Override
        public void row(JsonNode json, Row row) throws IOException {
            ObjectNode line = ((ObjectNode) json).set("period", period.orElseThrow());
            out.append(line.toString()).append('\n');
        }
    }
}
