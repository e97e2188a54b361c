package io.tidemark.query.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.streams.event.EventKind;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SendEventsCommandTest {
    @TempDir
    private Path directory = Path.of("");

    private final Shell shell = new Shell();

    @BeforeEach
    void connect() {
        shell.environment.putAll(Map.of(
                "TIDEMARK_KAFKA", "kafka:1", "TIDEMARK_REGISTRY", "http://registry:2", "TIDEMARK_TENANT", "acme"));
    }

    @Test
    void sendsARequestOutOfFlags() throws Exception {
        int code = shell.run(
                "send",
                "request",
                "--customer",
                "customer_123",
                "--model",
                "gpt-x",
                "--credits",
                "1.25",
                "--cost",
                "0.0042");
        assertThat(code).as(shell.err).isZero();
        Map<String, ?> fields = shell.sent.get(0).fields();
        assertThat(shell.sent.get(0).kind()).isEqualTo(EventKind.REQUEST);
        assertThat(fields.get("external_customer_id")).isEqualTo("customer_123");
        assertThat(fields.get("model")).isEqualTo("gpt-x");
        assertThat(fields.get("credits")).isEqualTo(new BigDecimal("1.25"));
        assertThat(fields.get("cost")).isEqualTo(new BigDecimal("0.0042"));
        assertThat(fields.get("currency")).isEqualTo("USD");
        assertThat(fields.get("tenant_id")).isEqualTo("acme");
        assertThat(fields.get("occurred_at")).isEqualTo(Shell.NOW);
        assertThat(UUID.fromString(String.valueOf(fields.get("id"))).version()).isEqualTo(7);
        assertThat(fields).hasSize(8);
        assertThat(shell.connections).containsExactly("kafka:1 http://registry:2 tidemark. {}");
        assertThat(shell.closed).isTrue();
    }

    @Test
    void printsALineOfJsonForEachEvent() throws Exception {
        shell.run("send", "request", "--customer", "c", "--id", "e1");
        assertThat(shell.out.lines())
                .containsExactly(
                        "{\"id\":\"e1\",\"topic\":\"tidemark.request\",\"partition\":3,\"offset\":42,\"position\":\"p1\"}");
        assertThat(shell.err).isEmpty();
    }

    @Test
    void takesEveryFlagOfARequest() {
        int code = shell.run(
                ("send request --customer c --id i --source s --occurred-at 2026-10-01T00:00:00+02:00 --operation o"
                                + " --provider p --model m --flow f --environment e --status ok --latency-ms 12"
                                + " --input-tokens 1 --output-tokens 2 --cached-input-tokens 3 --reasoning-tokens 4"
                                + " --credits -1 --cost 5 --currency EUR --tag a=b --tag c=d=e --kafka-config x=y")
                        .split(" "));
        assertThat(code).as(shell.err).isZero();
        Map<String, ?> fields = shell.sent.get(0).fields();
        assertThat(fields).hasSize(20);
        assertThat(fields.get("occurred_at")).isEqualTo(Instant.parse("2026-09-30T22:00:00Z"));
        assertThat(fields.get("latency_ms")).isEqualTo(12L);
        assertThat(fields.get("reasoning_tokens")).isEqualTo(4L);
        assertThat(fields.get("credits")).isEqualTo(new BigDecimal("-1"));
        assertThat(fields.get("currency")).isEqualTo("EUR");
        assertThat(fields.get("tags")).isEqualTo(Map.of("a", "b", "c", "d=e"));
        assertThat(shell.connections).containsExactly("kafka:1 http://registry:2 tidemark. {x=y}");
    }

    @Test
    void sendsUsage() {
        int code = shell.run(
                "send", "usage", "--customer", "c", "--meter", "gb", "--quantity", "12.5", "--dimension", "a=b");
        assertThat(code).as(shell.err).isZero();
        assertThat(shell.sent.get(0).kind()).isEqualTo(EventKind.USAGE);
        assertThat(shell.sent.get(0).fields().get("quantity")).isEqualTo(new BigDecimal("12.5"));
        assertThat(shell.sent.get(0).fields().get("dimensions")).isEqualTo(Map.of("a", "b"));
        assertThat(shell.sent.get(0).fields().containsKey("currency")).isFalse();
    }

    @Test
    void listsAllFaultsAtOnce() {
        shell.environment.clear();
        int code = shell.run(
                "send",
                "usage",
                "--quantity",
                "1e3",
                "--cost",
                "0.1234567891",
                "--occurred-at",
                "now",
                "--nonsense",
                "--data-dir",
                directory.toString());
        assertThat(code).isEqualTo(2);
        assertThat(shell.out).isEmpty();
        assertThat(shell.err)
                .contains("--nonsense", "--kafka is missing", "--registry is missing", "--tenant is missing")
                .contains("--customer is missing", "--meter is missing", "--quantity must be", "--cost must be")
                .contains("--occurred-at must be", "try: tidemark send usage --help");
        assertThat(shell.connections).isEmpty();
    }

    @Test
    void takesNdjsonFromStandardInputInBothSpellings() {
        shell.in = """
                {"external_customer_id": "c1", "input_tokens": 1, "cost": 0.30000000000000000001e1, "currency": "EUR", "flow": null}
                {"externalCustomerId": "c2", "inputTokens": 2, "credits": "12345678901234567890.123456789", "tags": {"a": "b"}}
                """;
        int code = shell.run("send", "request", "--file", "-");
        assertThat(code).isEqualTo(2);
        assertThat(shell.err).contains("event 1: cost must be").doesNotContain("event 2");
        shell.in = shell.in.replace("0.30000000000000000001e1", "0.3e1");
        assertThat(shell.run("send", "request", "--file", "-")).as(shell.err).isZero();
        assertThat(shell.sent.get(0).fields().get("cost")).isEqualTo(new BigDecimal("3"));
        assertThat(shell.sent.get(1).fields().get("input_tokens")).isEqualTo(2L);
        assertThat(shell.sent.get(1).fields().get("credits"))
                .isEqualTo(new BigDecimal("12345678901234567890.123456789"));
        assertThat(shell.sent.get(1).fields().get("tags")).isEqualTo(Map.of("a", "b"));
        assertThat(shell.out.lines()).hasSize(2);
    }

    @Test
    void takesAFileOfOneObjectOrAnArray() throws Exception {
        Path one = Files.writeString(
                directory.resolve("one.json"), "{\"external_customer_id\":\"c\",\"meter\":\"m\",\"quantity\":1}");
        Path many = Files.writeString(
                directory.resolve("many.json"), "[" + Files.readString(one) + "," + Files.readString(one) + "]");
        assertThat(shell.run("send", "usage", "--file", one.toString()))
                .as(shell.err)
                .isZero();
        assertThat(shell.run("send", "usage", "--file", many.toString()))
                .as(shell.err)
                .isZero();
        assertThat(shell.sent).hasSize(3);
        assertThat(shell.sent).extracting(sent -> sent.fields().get("id")).doesNotHaveDuplicates();
    }

    @Test
    void sendsNothingOfAFileWithAFault() {
        shell.in = """
                [{"external_customer_id": "c", "meter": "m", "quantity": 1},
                 {"external_customer_id": 5, "metre": "m", "quantity": "x", "occurredAt": "yesterday", "tenant_id": "t"},
                 7, {"external_customer_id": "c", "externalCustomerId": "d", "meter": "m", "quantity": 1, "dimensions": {"a": 1}}]
                """;
        assertThat(shell.run("send", "usage", "--file", "-")).isEqualTo(2);
        assertThat(shell.err)
                .contains("event 2: external_customer_id must be a text", "event 2: unknown field metre")
                .contains(
                        "event 2: quantity must be", "event 2: occurredAt must be", "event 2: unknown field tenant_id")
                .contains(
                        "event 2: meter is missing",
                        "event 3: not a JSON object",
                        "event 4: externalCustomerId is given twice")
                .contains("event 4: dimensions must be");
        assertThat(shell.sent).isEmpty();
        for (String broken : new String[] {"", "[]", "{", "{\"id\":1,\"id\":2}", "nonsense"}) {
            shell.in = broken;
            assertThat(shell.run("send", "usage", "--file", "-")).as(broken).isEqualTo(2);
        }
        assertThat(shell.run("send", "usage", "--file", "-", "--meter", "m")).isEqualTo(2);
        assertThat(shell.run("send", "usage", "--file", "/nowhere")).isEqualTo(2);
    }

    @Test
    void findsTheDevThatRuns() throws Exception {
        shell.environment.clear();
        Files.writeString(
                directory.resolve("endpoints.properties"),
                "kafka=127.0.0.1:9\nregistry=http://127.0.0.1:8\ntenant=demo\nhttp=x\n");
        assertThat(shell.run("send", "request", "--customer", "c", "--data-dir", directory.toString()))
                .as(shell.err)
                .isZero();
        assertThat(shell.connections).containsExactly("127.0.0.1:9 http://127.0.0.1:8 tidemark. {}");
        assertThat(shell.sent.get(0).fields().get("tenant_id")).isEqualTo("demo");
        shell.run("send", "request", "--customer", "c", "--data-dir", directory.toString(), "--tenant", "other");
        assertThat(shell.sent.get(1).fields().get("tenant_id")).isEqualTo("other");
    }

    @Test
    void takesNoFieldOfAnEventFromTheEnvironment() {
        shell.environment.putAll(Map.of("TIDEMARK_MODEL", "m", "TIDEMARK_CUSTOMER", "x", "TIDEMARK_FILE", "-"));
        assertThat(shell.run("send", "request")).isEqualTo(2);
        assertThat(shell.err).contains("--customer is missing");
    }

    @Test
    void writesJsonThatCanBeReadBack() throws Exception {
        shell.run("send", "request", "--customer", "c", "--id", "a\"b\\ü");
        assertThat(new ObjectMapper().readTree(shell.out).get("id").asText()).isEqualTo("a\"b\\ü");
    }
}
