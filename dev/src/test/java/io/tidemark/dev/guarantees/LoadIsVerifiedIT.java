package io.tidemark.dev.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What {@code load} says was sent is what {@code verify} finds served; and what is not, it finds to the minute. */
@NullMarked
@Timeout(240)
class LoadIsVerifiedIT {
    private static final String CUSTOMER = "one";

    @TempDir
    private Path directory;

    /** What a command printed, and how it ended. */
    private record Ran(int code, List<String> out) {
        JsonNode result() throws IOException {
            return new ObjectMapper().readTree(out.get(out.size() - 1));
        }
    }

    /** In this process: it is the same command line, without six more starts of Java. */
    private Ran tidemark(String line) {
        var arguments = new ArrayList<>(Arrays.asList(line.split(" ")));
        arguments.addAll(List.of("--data-dir", directory.toString()));
        var out = new StringWriter();
        var surroundings = new Surroundings(
                Map.of(), Clock.systemUTC(), InputStream.nullInputStream(), KafkaEventPublisher::connect);
        int code =
                TidemarkCommand.in(surroundings).setOut(new PrintWriter(out)).execute(arguments.toArray(String[]::new));
        return new Ran(code, out.toString().lines().toList());
    }

    @Test
    void findsAllEqualAndThenExactlyWhatWasChanged() throws Exception {
        Path oracle = directory.resolve("oracle.ndjson");
        Instant until = Instant.now().truncatedTo(ChronoUnit.MINUTES);
        String load = "load --events 4000 --customers 20 --skew zipf --duplicates 0.1 --late 0.5 --meters 4 --seed 9"
                + " --prefix " + CUSTOMER + " --until " + until + " --oracle " + oracle;
        try (var dev = DevProcess.start(directory)) {
            Ran sent = tidemark(load);
            assertThat(sent.code()).isZero();
            assertThat(sent.out()).hasSize(1);
            assertThat(sent.result().get("sent").asLong())
                    .isEqualTo(sent.result().get("acknowledged").asLong())
                    .isGreaterThan(4_000);
            Ran equal = tidemark("verify --oracle " + oracle);
            assertThat(equal.out()).hasSize(1);
            assertThat(equal.code()).isZero();
            assertThat(equal.result().get("customers").asInt()).isEqualTo(20);

            List<String> before = Files.readAllLines(oracle);
            assertThat(tidemark(load).code()).as("the same load once more").isZero();
            List<String> after = Files.readAllLines(oracle);
            assertThat(after.subList(0, after.size() - 1)).isEqualTo(before.subList(0, before.size() - 1));
            assertThat(tidemark("verify --oracle " + oracle).code())
                    .as("changes nothing")
                    .isZero();

            changeALineOf(oracle, before);
            sendOneMore(until);
            differs(oracle);
            assertThat(dev.isAlive()).isTrue();
        }
        assertThat(tidemark("verify --wait 0s --url http://127.0.0.1:1 --api-key x --oracle " + oracle)
                        .code())
                .as("nobody there")
                .isEqualTo(2);
    }

    private String changedCustomer = "";
    private String changedMinute = "";
    private String moreMinute = "";

    private void changeALineOf(Path oracle, List<String> lines) throws IOException {
        int number = lines.size() / 2;
        JsonNode row = new ObjectMapper().readTree(lines.get(number));
        changedCustomer = row.get("customer").asText();
        changedMinute = row.get("minute").asText();
        String quantity = row.get("quantity").asText();
        var changed = new ArrayList<>(lines);
        changed.set(
                number, lines.get(number).replace("\"quantity\":\"" + quantity + "\"", "\"quantity\":\"7.000000001\""));
        assertThat(changed.get(number)).isNotEqualTo(lines.get(number));
        Files.write(oracle, changed);
    }

    /** An event that the oracle knows nothing of. */
    private void sendOneMore(Instant until) {
        Instant at = until.minus(3, ChronoUnit.DAYS).plusSeconds(17);
        moreMinute = at.truncatedTo(ChronoUnit.MINUTES).toString();
        Ran more =
                tidemark("send usage --meter surplus --quantity 0.5 --customer " + CUSTOMER + "20 --occurred-at " + at);
        assertThat(more.code()).isZero();
    }

    private void differs(Path oracle) throws Exception {
        Ran different = tidemark("verify --oracle " + oracle);
        assertThat(different.code()).isEqualTo(1);
        assertThat(different.result().get("equal").asBoolean()).isFalse();
        List<String> found = different.out().subList(0, different.out().size() - 1);
        assertThat(found).hasSize(3);
        assertThat(found.get(0))
                .startsWith(changedCustomer + "\t" + changedMinute + "\t")
                .contains("quantity\texpected 7.000000001\tserved ");
        assertThat(found.subList(1, 3))
                .containsExactly(
                        CUSTOMER + "20\t" + moreMinute + "\tusage/surplus.count\texpected 0\tserved 1",
                        CUSTOMER + "20\t" + moreMinute + "\tusage/surplus.quantity\texpected 0\tserved 0.5");
    }
}
