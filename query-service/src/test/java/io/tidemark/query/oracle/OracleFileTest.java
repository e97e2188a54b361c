package io.tidemark.query.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.streams.event.EventKind;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OracleFileTest {
    private static final Header HEADER =
            new Header("acme", "c", Instant.parse("2026-11-01T00:00:00Z"), Instant.parse("2026-11-20T00:00:00Z"));

    @TempDir
    private Path directory = Path.of("");

    private static void request(Oracle oracle, String customer, String at, String cost) {
        oracle.add(
                EventKind.REQUEST,
                Map.of(
                        "external_customer_id",
                        customer,
                        "occurred_at",
                        Instant.parse(at),
                        "input_tokens",
                        7L,
                        "credits",
                        new BigDecimal("0.5"),
                        "cost",
                        new BigDecimal(cost),
                        "currency",
                        "EUR"));
    }

    private static Map<String, Object> usage(String quantity) {
        return Map.of(
                "external_customer_id",
                "c1",
                "occurred_at",
                Instant.parse("2026-11-02T10:00:59.999999Z"),
                "meter",
                "gb",
                "quantity",
                new BigDecimal(quantity));
    }

    private static Oracle oracle() {
        var oracle = new Oracle();
        request(oracle, "c2", "2026-11-02T10:00:00Z", "1");
        request(oracle, "c1", "2026-11-02T10:00:30Z", "99999999999999999999999999999.999999999");
        request(oracle, "c1", "2026-11-02T10:00:10Z", "0.000000001");
        oracle.add(EventKind.USAGE, usage("-2.50"));
        oracle.add(EventKind.USAGE, usage("100"));
        oracle.takeBack(EventKind.USAGE, usage("100"));
        return oracle;
    }

    private Path written(String name) throws IOException {
        Path file = directory.resolve(name);
        OracleWriter.write(file, HEADER, oracle(), 2, "pos");
        return file;
    }

    @Test
    void isLinesOfJsonThatStayReadable() throws Exception {
        assertThat(Files.readAllLines(written("o.ndjson")))
                .containsExactly(
                        "{\"format\":\"tidemark-oracle\",\"layout\":1,\"tenant\":\"acme\",\"prefix\":\"c\",\"from\":\"2026-11-01T00:00:00Z\",\"until\":\"2026-11-20T00:00:00Z\"}",
                        "{\"customer\":\"c1\",\"minute\":\"2026-11-02T10:00:00Z\",\"kind\":\"request\",\"meter\":\"requests\",\"currency\":\"EUR\",\"count\":2,\"input_tokens\":14,\"output_tokens\":0,\"cached_input_tokens\":0,\"reasoning_tokens\":0,\"quantity\":\"2\",\"credits\":\"1\",\"cost\":\"100000000000000000000000000000\"}",
                        "{\"customer\":\"c1\",\"minute\":\"2026-11-02T10:00:00Z\",\"kind\":\"usage\",\"meter\":\"gb\",\"currency\":null,\"count\":1,\"input_tokens\":0,\"output_tokens\":0,\"cached_input_tokens\":0,\"reasoning_tokens\":0,\"quantity\":\"-2.5\",\"credits\":\"0\",\"cost\":\"0\"}",
                        "{\"customer\":\"c2\",\"minute\":\"2026-11-02T10:00:00Z\",\"kind\":\"request\",\"meter\":\"requests\",\"currency\":\"EUR\",\"count\":1,\"input_tokens\":7,\"output_tokens\":0,\"cached_input_tokens\":0,\"reasoning_tokens\":0,\"quantity\":\"1\",\"credits\":\"0.5\",\"cost\":\"1\"}",
                        "{\"end\":\"tidemark-oracle\",\"rows\":3,\"events\":4,\"unacknowledged\":2,\"position\":\"pos\"}");
    }

    @Test
    void isReadBackCustomerByCustomerCompressedOrNot() throws Exception {
        for (String name : List.of("o.ndjson", "o.ndjson.gz")) {
            try (var reader = OracleReader.open(written(name))) {
                assertThat(reader.header()).isEqualTo(HEADER);
                List<Row> first = reader.nextCustomer().orElseThrow();
                assertThat(first).extracting(Row::customer).containsExactly("c1", "c1");
                assertThat(first.get(0).cost()).isEqualByComparingTo("1e29");
                assertThat(reader.nextCustomer().orElseThrow()).hasSize(1);
                assertThat(reader.nextCustomer()).isEmpty();
                assertThat(reader.end()).isEqualTo(new End(3, 4, 2, "pos"));
            }
        }
    }

    @Test
    void saysWhichLineIsWrong() throws Exception {
        List<String> lines = Files.readAllLines(written("o.ndjson"));
        refused(lines.subList(0, 4), "line 5 is missing: the file is not whole");
        refused(List.of(), "line 1 is missing");
        refused(changed(lines, 0, lines.get(1)), "line 1 does not begin an oracle's file");
        refused(changed(lines, 0, lines.get(0).replace("\"layout\":1", "\"layout\":2")), "line 1 has a layout");
        refused(changed(lines, 2, "{"), "line 3 is not JSON");
        refused(changed(lines, 2, lines.get(1)), "line 3 is not behind the line before");
        refused(changed(lines, 3, lines.get(3).replace("\"c2\"", "\"d2\"")), "line 4 is of a customer without");
        refused(changed(lines, 1, lines.get(1).replace("2026-11-02", "2026-10-02")), "line 2 lies outside");
        refused(changed(lines, 1, lines.get(1).replace("\"2\"", "\"two\"")), "line 2 has no decimal quantity");
        refused(changed(lines, 4, lines.get(4).replace("\"rows\":3", "\"rows\":4")), "line 5 says another number");
    }

    private static List<String> changed(List<String> lines, int number, String line) {
        var changed = new ArrayList<>(lines);
        changed.set(number, line);
        return changed;
    }

    private void refused(List<String> lines, String because) throws IOException {
        Path file = Files.write(directory.resolve("wrong.ndjson"), lines);
        assertThatThrownBy(() -> {
                    try (var reader = OracleReader.open(file)) {
                        while (reader.nextCustomer().isPresent()) {}
                    }
                })
                .isInstanceOf(NotAnOracle.class)
                .hasMessageContaining(because);
    }
}
