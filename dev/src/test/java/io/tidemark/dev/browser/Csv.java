package io.tidemark.dev.browser;

import static java.time.format.DateTimeFormatter.ISO_OFFSET_DATE_TIME;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Download;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.apache.commons.csv.CSVFormat;

/** A file that the dashboard saves, as a spreadsheet reads it. */
final class Csv {
    private Csv() {}

    static List<List<String>> read(Download file) throws IOException {
        return read(Files.readString(file.path()));
    }

    static List<List<String>> read(String text) throws IOException {
        try (var parser = CSVFormat.RFC4180.parse(new StringReader(text))) {
            return parser.stream().map(row -> row.toList()).toList();
        }
    }

    /** The file that a click on the button saves. */
    static Download saved(Tab tab) {
        return tab.page().waitForDownload(() -> tab.at("#csv").click());
    }

    /**
     * Holds each field of a file to what the API answers in JSON.
     *
     * @param data a row for each of the file's, in its order
     * @param around what holds for all rows: fields that they do not have
     */
    static void says(List<List<String>> file, JsonNode data, JsonNode around, ZoneId zone) {
        List<String> columns = file.get(0);
        assertThat(columns)
                .containsSubsequence("customer_id", "external_id", "name", "from", "to", "requests", "input_tokens")
                .containsSubsequence("output_tokens", "credits");
        assertThat(file).hasSize(data.size() + 1);
        for (int i = 0; i < data.size(); i++) {
            for (int column = 0; column < columns.size(); column++) {
                String name = columns.get(column);
                JsonNode row = data.get(i).has(name) || name.startsWith("cost_") ? data.get(i) : around;
                assertThat(file.get(i + 1).get(column))
                        .as(name + " of " + row)
                        .isEqualTo(List.of("from", "to").contains(name) ? at(row.get(name), zone) : ofField(row, name));
            }
        }
    }

    /** An instant as a clock of the zone shows it, and its offset then. */
    private static String at(JsonNode instant, ZoneId zone) {
        return ISO_OFFSET_DATE_TIME.format(Instant.parse(instant.asText()).atZone(zone));
    }

    /** What a column says of a row of the API: amounts by {@code cost_CURRENCY}, nothing for null. */
    private static String ofField(JsonNode row, String column) {
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
