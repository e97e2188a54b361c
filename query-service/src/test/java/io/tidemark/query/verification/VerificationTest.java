package io.tidemark.query.verification;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tidemark.query.oracle.Header;
import io.tidemark.query.oracle.Oracle;
import io.tidemark.query.oracle.OracleWriter;
import io.tidemark.query.remote.CallFailed;
import io.tidemark.query.remote.RemoteTarget;
import io.tidemark.streams.event.EventKind;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a server that answers what a test wants. */
final class VerificationTest {
    private static final Instant FROM = Instant.parse("2026-11-20T10:00:00Z");
    private static final Header HEADER = new Header("acme", "c", FROM, FROM.plusSeconds(120));
    private static final String ROWS = "{\"external_id\":\"c1\",\"credits\":\"0.5\"}";

    @TempDir
    private Path directory = Path.of("");

    private final List<String> asked = new ArrayList<>();
    private final List<Difference> told = new ArrayList<>();
    private final AtomicInteger busyAnswers = new AtomicInteger();
    private String credits = "0.5";
    private String rows = ROWS;
    private boolean complete = true;
    private boolean known = true;
    private String until = "2026-11-20T10:02:00Z";
    private final HttpServer server;

    VerificationTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void listen() {
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        String question = exchange.getRequestURI().toString();
        asked.add(question);
        boolean busy = busyAnswers.getAndDecrement() > 0;
        boolean ofCustomer = question.contains("/customer-by-external-id/");
        boolean unknown = ofCustomer && !known;
        String body = busy || unknown ? problem(unknown) : usage(question, ofCustomer);
        exchange.sendResponseHeaders(busy ? 503 : unknown ? 404 : 200, 0);
        try (var out = exchange.getResponseBody()) {
            out.write(body.getBytes(UTF_8));
        }
    }

    private static String problem(boolean unknown) {
        return "{\"type\":\"urn:tidemark:problem:" + (unknown ? "unknown_customer" : "not_caught_up") + "\"}";
    }

    private String usage(String question, boolean ofCustomer) {
        String from = question.replaceAll(".*[?&]from=([^&]*).*", "$1");
        String to = question.replaceAll(".*[?&]to=([^&]*).*", "$1");
        // The one event lies in the first minute.
        String used = from.equals(FROM.toString()) ? credits : "0";
        String meters = used.equals("0")
                ? ""
                : "{\"kind\":\"usage\",\"meter\":\"gb\",\"count\":1,\"quantity\":\"2\",\"credits\":\"" + used + "\"}";
        String figures =
                ofCustomer ? "\"credits\":\"" + used + "\",\"meters\":[" + meters + "]" : "\"data\":[" + rows + "]";
        String end = to.equals(HEADER.until().toString()) ? until : to;
        return "{" + figures + ",\"period\":{\"from\":\"" + from + "\",\"to\":\"" + end + "\"},\"complete\":" + complete
                + ",\"missing_partitions\":[3]}";
    }

    private Verification.Outcome verify(String position) throws IOException {
        var oracle = new Oracle();
        oracle.add(
                EventKind.USAGE,
                Map.of(
                        "external_customer_id",
                        "c1",
                        "occurred_at",
                        FROM,
                        "meter",
                        "gb",
                        "quantity",
                        new BigDecimal("2"),
                        "credits",
                        new BigDecimal("0.5")));
        Path file = directory.resolve("o.ndjson");
        OracleWriter.write(file, HEADER, oracle, 0, position);
        var url = "http://127.0.0.1:" + server.getAddress().getPort();
        var instance = RemoteTarget.find(Optional.of(url), Optional.of("key"), directory, new ArrayList<>());
        return new Verification(instance.orElseThrow(), Duration.ofSeconds(1), 20, told::add).of(file);
    }

    @Test
    void asksForTheWholeTimeOfTheLoadsTenantAfterItsPosition() throws Exception {
        Verification.Outcome outcome = verify("pos");
        assertThat(told).isEmpty();
        assertThat(outcome.differences()).isZero();
        assertThat(asked).hasSize(2);
        assertThat(asked.get(0))
                .startsWith("/api/v1/apps/acme/customer-by-external-id/c1/usage?from=2026-11-20T10:00:00Z")
                .contains("&to=2026-11-20T10:02:00Z&after=pos&timeout=");
        assertThat(asked.get(1)).contains("include_inactive=true");
    }

    @Test
    void asksAgainUntilTheInstanceHasCaughtUp() throws Exception {
        busyAnswers.set(2);
        assertThat(verify("pos").differences()).isZero();
        busyAnswers.set(1_000);
        assertThatThrownBy(() -> verify("pos")).isInstanceOf(CallFailed.class);
    }

    @Test
    void tellsTheMinuteThatDiffers() throws Exception {
        credits = "0.6";
        verify("pos");
        assertThat(told).extracting(Difference::field).containsExactly("credits", "usage/gb.credits");
        assertThat(told).extracting(Difference::when).containsOnly(FROM.toString());
    }

    @Test
    void withoutAPositionItWaitsUntilAllIsThere() throws Exception {
        credits = "0.6";
        long began = System.nanoTime();
        verify("");
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(900));
        assertThat(told).isNotEmpty();
    }

    @Test
    void aCustomerThatIsUnknownUsedNothing() throws Exception {
        known = false;
        verify("pos");
        assertThat(told).extracting(Difference::field).contains("usage/gb.count", "usage/gb.quantity");
    }

    @Test
    void findsACustomerThatIsTooMuchAndARankingThatDiffers() throws Exception {
        rows = ROWS.replace("0.5", "0.4")
                + ",{\"external_id\":\"c2\",\"requests\":1},{\"external_id\":\"other\",\"requests\":9}";
        verify("pos");
        assertThat(told).extracting(Difference::customer).containsExactly("c1", "c2");
        assertThat(told).extracting(Difference::field).containsExactly("by-customer:credits", "by-customer:requests");
    }

    @Test
    void cannotTellFromAnIncompleteOrWidenedAnswer() {
        complete = false;
        assertThatThrownBy(() -> verify("pos")).isInstanceOf(CannotTell.class).hasMessageContaining("[3]");
        complete = true;
        until = "2026-11-21T00:00:00Z";
        assertThatThrownBy(() -> verify("pos")).isInstanceOf(CannotTell.class).hasMessageContaining("no longer");
    }
}
