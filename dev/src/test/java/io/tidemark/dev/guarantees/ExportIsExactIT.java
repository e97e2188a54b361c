package io.tidemark.dev.guarantees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.dev.fixtures.Api;
import io.tidemark.dev.fixtures.DevProcess;
import io.tidemark.query.cli.Surroundings;
import io.tidemark.query.cli.TidemarkCommand;
import io.tidemark.streams.publishing.KafkaEventPublisher;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code export} of a month: what the API says row by row, in both formats, and the same bytes whenever nothing has changed. */
@NullMarked
@Timeout(240)
class ExportIsExactIT {
    private static final int CUSTOMERS = 1_300;
    private static final ZoneId ZONE = ZoneId.of("Asia/Kathmandu");

    /** Of the first customers; the second is a formula to a spreadsheet. */
    private static final List<String> NAMES = List.of("Zoë \"日本\", GmbH", "=1+1", "\ud83d\ude00");

    @TempDir
    private Path directory;

    private String err = "";

    private int tidemark(String line) {
        var arguments = new ArrayList<>(Arrays.asList(line.split(" ")));
        arguments.addAll(List.of("--data-dir", directory.toString()));
        var out = new StringWriter();
        var errors = new StringWriter();
        var surroundings = new Surroundings(
                Map.of(), Clock.systemUTC(), InputStream.nullInputStream(), KafkaEventPublisher::connect);
        int code = TidemarkCommand.in(surroundings)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(errors))
                .execute(arguments.toArray(String[]::new));
        err = errors.toString();
        return code;
    }

    private Path export(String name, String more) {
        Path file = directory.resolve(name);
        assertThat(tidemark("export " + more + " --output " + file)).as(err).isZero();
        return file;
    }

    @Test
    void isWhatTheApiSaysAndTheSameTwice() throws Exception {
        Instant until = Instant.now().truncatedTo(ChronoUnit.MINUTES);
        YearMonth month = YearMonth.from(until.minus(3, ChronoUnit.DAYS).atZone(ZONE));
        String asked = "--period " + month + " --timezone " + ZONE;
        Path oracle = directory.resolve("oracle.ndjson");
        try (var dev = DevProcess.start(directory)) {
            assertThat(tidemark("load --events 12000 --customers " + CUSTOMERS
                            + " --skew uniform --duplicates 0.1 --late 0.5 --meters 4 --seed 9 --until " + until
                            + " --oracle " + oracle))
                    .as(err)
                    .isZero();
            Api api = dev.api();
            String path =
                    "/api/v1/usage/by-customer?sort_by=external_id&limit=1000&period=" + month + "&timezone=" + ZONE;
            assertThat(tidemark("verify --oracle " + oracle))
                    .as("all is counted")
                    .isZero();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> rows(api, path).stream()
                            .noneMatch(row -> row.get("customer_id").isNull()));
            String position = named(api, rows(api, path));

            Path csv = export("month.csv", asked + " --after " + position);
            assertThat(err).contains("unchanged=true", "complete=true");
            Path ndjson = export("month.ndjson", asked + " --format ndjson");
            List<JsonNode> rows = rows(api, path);
            assertThat(rows).as("more than a page").hasSizeGreaterThan(1_001);
            isEachRow(ndjson, rows);
            isEachRow(csv, rows, month);
            assertThat(export("again.csv", asked)).hasSameBinaryContentAs(csv);
            assertThat(export("again.ndjson", asked + " --format ndjson")).hasSameBinaryContentAs(ndjson);

            changesOneRow(api, csv, rows.get(700), asked, until);
        }
    }

    /** Gives the first some names; says the position of the last change. */
    private static String named(Api api, List<JsonNode> rows) throws Exception {
        String position = "";
        for (int i = 0; i < NAMES.size(); i++) {
            String name = NAMES.get(i).replace("\"", "\\\"");
            var answer = api.send(
                    "PATCH",
                    "/api/v1/customer-by-external-id/"
                            + Api.encoded(rows.get(i).get("external_id").asText()),
                    "{\"name\":\"" + name + "\"}");
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            position = Api.parsed(answer.body()).get("position").asText();
        }
        return position;
    }

    private static List<JsonNode> rows(Api api, String path) throws Exception {
        var rows = new ArrayList<JsonNode>();
        for (String next = path; !next.isEmpty(); ) {
            JsonNode page = api.json(next);
            assertThat(page.get("complete").asBoolean()).isTrue();
            page.get("data").forEach(rows::add);
            JsonNode cursor = page.at("/meta/next_cursor");
            next = cursor.isTextual() ? path + "&cursor=" + Api.encoded(cursor.asText()) : "";
        }
        return rows;
    }

    private static void isEachRow(Path ndjson, List<JsonNode> rows) throws IOException {
        List<String> lines = Files.readAllLines(ndjson);
        assertThat(lines).hasSameSizeAs(rows);
        for (int i = 0; i < lines.size(); i++) {
            var line = (ObjectNode) Api.parsed(lines.get(i));
            assertThat(line.remove("period").path("from").asText()).endsWith("18:15:00Z");
            assertThat(line).isEqualTo(rows.get(i));
        }
    }

    private static void isEachRow(Path csv, List<JsonNode> rows, YearMonth month) throws IOException {
        var format = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        try (var parser = CSVParser.parse(Files.newBufferedReader(csv), format)) {
            List<CSVRecord> records = parser.getRecords();
            assertThat(records).hasSameSizeAs(rows);
            var from = month.atDay(1).atStartOfDay(ZONE).toOffsetDateTime();
            for (int i = 0; i < records.size(); i++) {
                CSVRecord record = records.get(i);
                JsonNode row = rows.get(i);
                for (String column :
                        List.of("customer_id", "external_id", "requests", "input_tokens", "output_tokens", "credits")) {
                    assertThat(record.get(column))
                            .as(column)
                            .isEqualTo(row.get(column).asText());
                }
                assertThat(OffsetDateTime.parse(record.get("from"))).isEqualTo(from);
                assertThat(record.get("from")).endsWith("T00:00:00+05:45");
                String name = row.get("name").isNull() ? "" : row.get("name").asText();
                assertThat(record.get("name")).isEqualTo(name.startsWith("=") ? "'" + name : name);
                var costs = new ArrayList<String>();
                row.get("cost")
                        .forEach(one -> costs.add(
                                one.get("currency").asText() + one.get("amount").asText()));
                assertThat(parser.getHeaderNames().stream()
                                .filter(column -> column.startsWith("cost_")
                                        && !record.get(column).isEmpty())
                                .map(column ->
                                        column.substring(5).toUpperCase(java.util.Locale.ROOT) + record.get(column)))
                        .containsExactlyElementsOf(costs);
            }
            assertThat(records.subList(0, NAMES.size()))
                    .extracting(record -> record.get("name"))
                    .containsExactly(NAMES.get(0), "'" + NAMES.get(1), NAMES.get(2));
        }
    }

    private void changesOneRow(Api api, Path before, JsonNode row, String asked, Instant until) throws Exception {
        String customer = row.get("external_id").asText();
        var answer = api.send(
                "POST",
                "/api/v1/usage",
                "{\"id\":\"one-more\",\"external_customer_id\":\"" + customer + "\",\"meter\":\"gb\",\"quantity\":1,"
                        + "\"credits\":\"0.000000001\",\"occurred_at\":\"" + until.minus(3, ChronoUnit.DAYS) + "\"}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        String position = Api.parsed(answer.body()).get("position").asText();
        List<String> old = Files.readAllLines(before);
        List<String> now = Files.readAllLines(export("one-more.csv", asked + " --after " + position));
        assertThat(now).hasSameSizeAs(old);
        var changed = new ArrayList<String>(now);
        changed.removeAll(old);
        assertThat(changed).singleElement().asString().contains("," + customer + ",");
    }
}
