package io.tidemark.dev.guarantees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.dev.fixtures.Api;
import io.tidemark.dev.fixtures.DevProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code customers import}, killed and run again: each customer once, with all that its row says, and the whole report. */
@NullMarked
@Timeout(240)
class ImportGoesOnIT {
    private static final int ROWS = 400;
    private static final int ENOUGH = 60;

    @TempDir
    private Path directory;

    @Test
    void makesEachCustomerOnceThoughItIsKilled() throws Exception {
        Path file = Files.writeString(directory.resolve("customers.csv"), csv());
        try (var dev = DevProcess.start(directory.resolve("dev"))) {
            killedInTheMiddle(dev, file);

            Process second = tidemark(dev, file);
            JsonNode result = Api.parsed(second.inputReader().readLine());
            assertThat(second.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(second.exitValue()).as("some were refused").isEqualTo(1);
            assertThat(result.get("done_before").asInt()).isBetween(ENOUGH, ROWS - 1);
            assertThat(result.get("done").asInt()).isEqualTo(ROWS);
            assertThat(result.get("refused").asInt()).isEqualTo(ROWS / 20);
            assertThat(result.get("created").asInt())
                    .as("also those whose answers died with the first")
                    .isEqualTo(ROWS - ROWS / 20);

            Map<String, JsonNode> customers = customers(dev.api());
            assertThat(customers).hasSize(ROWS - ROWS / 20);
            for (int i = 0; i < ROWS; i++) {
                JsonNode customer = customers.get(id(i));
                assertThat(customer == null).as(id(i)).isEqualTo(isWrong(i));
                if (customer != null) {
                    isAsItsRowSays(customer, i);
                }
            }
            assertThat(linesRefused(file))
                    .isEqualTo(IntStream.range(0, ROWS)
                            .filter(ImportGoesOnIT::isWrong)
                            .map(i -> i + 2)
                            .boxed()
                            .toList());
        }
    }

    private static void killedInTheMiddle(DevProcess dev, Path file) throws Exception {
        Process first = tidemark(dev, file);
        Path progress = Path.of(file + ".progress");
        await().pollInterval(Duration.ofMillis(10))
                .atMost(Duration.ofSeconds(30))
                .until(() -> done(progress) >= ENOUGH);
        first.toHandle().destroyForcibly();
        first.waitFor();
        assertThat(done(progress)).as("it was killed before its end").isLessThan(ROWS);
    }

    private static int done(Path progress) throws IOException {
        if (!Files.exists(progress)) {
            return 0;
        }
        List<String> lines = Files.readString(progress).lines().toList();
        return lines.size() < 2
                ? 0
                : Api.parsed(lines.get(lines.size() - 1)).path("rows").asInt();
    }

    private static Process tidemark(DevProcess dev, Path file) throws IOException {
        return DevProcess.tidemark(
                List.of("customers", "import", file.toString(), "--parallel", "32"),
                ProcessBuilder.Redirect.INHERIT,
                Map.of("TIDEMARK_URL", dev.http(), "TIDEMARK_API_KEY", dev.key()));
    }

    private static String csv() {
        return "external_id,name,email,phone,billing_address_line1,currency,timezone,is_active,metadata.plan\n"
                + IntStream.range(0, ROWS)
                        .mapToObj(i -> "\"%s\",\"Name \"\"%d\"\"\",%s,,\"%d, Straße\",NPR,Asia/Kathmandu,%s,%s\n"
                                .formatted(
                                        id(i),
                                        i,
                                        isWrong(i) ? "nothing" : "c" + i + "@example.com",
                                        i,
                                        i % 3 == 0 ? "false" : "",
                                        i % 2 == 0 ? "plan " + i : ""))
                        .collect(Collectors.joining());
    }

    private static String id(int row) {
        return "user:" + row + "/%, ü";
    }

    private static boolean isWrong(int row) {
        return row % 20 == 7;
    }

    private static void isAsItsRowSays(JsonNode customer, int row) {
        assertThat(customer.get("name").asText()).isEqualTo("Name \"" + row + "\"");
        assertThat(customer.get("email").asText()).isEqualTo("c" + row + "@example.com");
        assertThat(customer.get("phone").isNull()).isTrue();
        assertThat(customer.get("billing_address_line1").asText()).isEqualTo(row + ", Straße");
        assertThat(customer.get("currency").asText()).isEqualTo("NPR");
        assertThat(customer.get("timezone").asText()).isEqualTo("Asia/Kathmandu");
        assertThat(customer.get("is_active").asBoolean()).isEqualTo(row % 3 != 0);
        assertThat(customer.get("metadata").toString())
                .isEqualTo(row % 2 == 0 ? "{\"plan\":\"plan " + row + "\"}" : "{}");
        assertThat(customer.get("version").asInt()).as("it was made once").isEqualTo(1);
    }

    private static Map<String, JsonNode> customers(Api api) throws Exception {
        var customers = new HashMap<String, JsonNode>();
        for (int page = 1; page <= ROWS / 100; page++) {
            JsonNode answer = api.json("/api/v1/customers?per_page=100&page=" + page);
            assertThat(answer.at("/meta/total").asInt()).isEqualTo(ROWS - ROWS / 20);
            answer.get("data")
                    .forEach(customer ->
                            customers.put(customer.get("external_id").asText(), customer));
        }
        return customers;
    }

    private static List<Integer> linesRefused(Path file) throws IOException {
        var lines = new ArrayList<Integer>();
        for (String line : Files.readAllLines(Path.of(file + ".refused.ndjson"))) {
            lines.add(Api.parsed(line).get("line").asInt());
        }
        return lines;
    }
}
