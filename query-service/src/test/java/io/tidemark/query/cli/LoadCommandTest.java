package io.tidemark.query.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LoadCommandTest {
    @TempDir
    private Path directory = Path.of("");

    private final Shell shell = new Shell();

    @BeforeEach
    void connect() {
        shell.environment.putAll(Map.of(
                "TIDEMARK_KAFKA", "kafka:1", "TIDEMARK_REGISTRY", "http://registry:2", "TIDEMARK_TENANT", "acme"));
    }

    @Test
    void printsOneLineOfJsonAndWritesTheOracle() throws Exception {
        Path file = directory.resolve("o.ndjson");
        int code =
                shell.run("load", "--events", "500", "--customers", "7", "--meters", "gb", "--oracle", file.toString());
        assertThat(code).as(shell.err).isZero();
        assertThat(shell.out.lines()).hasSize(1);
        JsonNode result = new ObjectMapper().readTree(shell.out);
        assertThat(result.get("events").asInt()).isEqualTo(500);
        assertThat(result.get("sent").asInt()).isEqualTo(shell.sent.size());
        assertThat(result.get("acknowledged").asInt()).isEqualTo(shell.sent.size());
        assertThat(result.get("until").asText()).as("now, floored").isEqualTo("2026-10-20T12:34:00Z");
        assertThat(shell.connections.get(0))
                .startsWith("kafka:1 http://registry:2 tidemark. {")
                .contains("linger.ms");
        assertThat(shell.closed).isTrue();
        assertThat(Files.readAllLines(file).get(0))
                .contains("\"tenant\":\"acme\"", result.get("prefix").asText());
        assertThat(shell.sent)
                .allMatch(sent -> "acme".equals(sent.fields().get("tenant_id")))
                .allMatch(sent -> String.valueOf(sent.fields().get("external_customer_id"))
                        .startsWith(result.get("prefix").asText()));
    }

    @Test
    void keepsToTheRate() throws Exception {
        shell.run("load", "--events", "200", "--duplicates", "0", "--rate", "400");
        double seconds = new ObjectMapper().readTree(shell.out).get("seconds").asDouble();
        assertThat(seconds).isBetween(0.4, 5.0);
    }

    @Test
    void repeatsALoadWhoseEndIsFixed() {
        String[] load = {"load", "--events", "300", "--until", "2026-10-20T12:00:00Z", "--skew", "zipf"};
        shell.run(load);
        var first = shell.sent.subList(0, shell.sent.size()).toArray();
        shell.run(load);
        assertThat(shell.sent.subList(first.length, shell.sent.size())).containsExactly(sent(first));
    }

    private static Shell.Sent[] sent(Object... all) {
        return java.util.Arrays.copyOf(all, all.length, Shell.Sent[].class);
    }

    @Test
    void listsAllFaultsAtOnce() {
        int code =
                shell.run(("load --events 0 --customers 0 --duplicates 1.5 --late -1 --spread 1s --meters a,a --rate -1"
                                + " --skew pareto --oracle /no/such/directory/file --until yesterday")
                        .split(" "));
        assertThat(code).isEqualTo(2);
        assertThat(shell.err)
                .contains("--events must", "--customers must", "--duplicates must", "--late must", "--spread must")
                .contains("--meters must", "--rate must", "--skew", "--oracle /no/such/directory/file", "--until must");
        assertThat(shell.sent).isEmpty();
    }

    @Test
    void refusesAnEndFromWhichEventsWouldBeRejected() {
        assertThat(shell.run("load", "--until", "2026-10-20T13:00:00Z")).isEqualTo(2);
        assertThat(shell.err).contains("more than 5 minutes ahead");
        assertThat(shell.run("load", "--until", "2026-10-10T00:00:00Z")).isEqualTo(2);
        assertThat(shell.err).contains("more than 35 days ago");
        assertThat(shell.run("load", "--until", "2026-10-10T00:00:00Z", "--late", "0", "--events", "10"))
                .as(shell.err)
                .isZero();
    }

    @Test
    void verifyListsItsFaultsAndKnowsWhatIsNoOracle() throws Exception {
        shell.environment.putAll(Map.of("TIDEMARK_URL", "http://127.0.0.1:1", "TIDEMARK_API_KEY", "k"));
        assertThat(shell.run("verify", "--differences", "0")).isEqualTo(2);
        assertThat(shell.err).contains("--oracle is missing", "--differences must");
        Path wrong = Files.writeString(directory.resolve("wrong"), "{}\n");
        assertThat(shell.run("verify", "--oracle", wrong.toString())).isEqualTo(2);
        assertThat(shell.err).contains("line 1 does not begin an oracle's file");
    }
}
