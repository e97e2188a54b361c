package io.tidemark.dev.browser;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Locale;
import org.apache.commons.csv.CSVFormat;

/** A file of the dashboard, as a spreadsheet reads it. */
final class Csv {
    private Csv() {}

    static List<List<String>> read(String text) throws IOException {
        try (var parser = CSVFormat.RFC4180.parse(new StringReader(text))) {
            return parser.stream().map(row -> row.toList()).toList();
        }
    }

    /** What a column says of a row of the API: amounts by {@code cost_CURRENCY}, nothing for null. */
    static String ofField(JsonNode row, String column) {
        if (!column.startsWith("cost_")) {
            JsonNode field = row.path(column);
            return field.isMissingNode() ? "no such field" : field.isNull() ? "" : field.asText();
        }
        String currency = column.substring("cost_".length()).toUpperCase(Locale.ROOT);
        for (JsonNode cost : row.get("cost")) {
            if (cost.get("currency").asText().equals(currency)) {
                return cost.get("amount").asText();
            }
        }
        return "";
    }
}
