package io.tidemark.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.tidemark.query.OpenDoor;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** What every request gets, whatever becomes of it: an id, and a line in the access log. */
final class ExchangeTest {
    private static final String PATH = "/v1/customers/c/usage";
    private static final Pattern ID = Pattern.compile("X-Request-Id: ([^\r\n]*)\r\n");
    private static final Front BEHIND_LOOPBACK =
            new Front(List.of(AddressRange.parse("127.0.0.1").orElseThrow()), true);

    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final Logger log = (Logger) LoggerFactory.getLogger("tidemark.access");
    private final OpenDoor door = new OpenDoor(Limits.DEFAULT, BEHIND_LOOPBACK);

    @BeforeEach
    void listen() {
        lines.start();
        log.addAppender(lines);
    }

    @AfterEach
    void close() {
        log.detachAppender(lines);
        door.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /health/live HTTP/1.1",
                "GET /nothing HTTP/1.1",
                "DELETE /health/live HTTP/1.1",
                "GET " + PATH + " HTTP/1.1",
                "POST /v1/customers HTTP/1.1",
                "GET /%zz HTTP/1.1",
                "GET /%00/\u0001 HTTP/1.1",
                "GET http://x HTTP/1.1",
                "NONSENSE",
                "GET / HTTP/9.9"
            })
    void hasAnIdWhateverIsAnswered(String line) throws Exception {
        String answer = raw(line, "X-Request-Id: mine-1");
        assertThat(answer).containsPattern("(?s)^HTTP/1\\.[01] [245]\\d\\d .*X-Request-Id: \\S+\r\n");
        if (answer.contains("application/problem+json")) {
            assertThat(answer).contains("\"request_id\":\"" + id(answer) + "\"");
        }
        assertThat(awaitLine("request_id=" + id(answer))).contains(" client=127.0.0.1 method=", " status=");
    }

    @Test
    void keepsTheCallersIdWhereItIsSound() throws Exception {
        for (String sound : List.of("a", "Root=1-67891233-abcdef012345678912345678", "x".repeat(128))) {
            assertThat(id(raw("GET /nothing HTTP/1.1", "X-Request-Id: " + sound)))
                    .isEqualTo(sound);
        }
    }

    @Test
    void makesOneWhereTheCallersIsNot() throws Exception {
        for (String other : List.of("", "x".repeat(129), "a b", "a\tb", "ä", "a\"b", "<a>", "a\\nb", "a;b")) {
            assertThat(id(raw("GET /nothing HTTP/1.1", "X-Request-Id: " + other)))
                    .as(other)
                    .matches("[0-9a-f-]{36}");
        }
        assertThat(id(raw("GET /nothing HTTP/1.1", "X-Request-Id: a", "X-Request-Id: b")))
                .matches("[0-9a-f-]{36}");
        assertThat(id(raw("GET /nothing HTTP/1.1", "A: b"))).isNotEqualTo(id(raw("GET /nothing HTTP/1.1", "A: b")));
    }

    @Test
    void hasAnIdAlsoWhereWeFailOrHeadersAreTooLong() throws Exception {
        assertThat(id(raw("GET / HTTP/1.1", "X-Long: " + "x".repeat(Limits.HEADER_BYTES))))
                .isNotEmpty();
        door.usage.failsWith(new StackOverflowError("planted"));
        HttpResponse<String> failed = door.get(PATH, "X-Api-Key", OpenDoor.KEY, "X-Request-Id", "mine");
        assertThat(failed.statusCode()).isEqualTo(500);
        assertThat(failed.headers().allValues("X-Request-Id")).containsExactly("mine");
        assertThat(OpenDoor.json(failed).get("request_id").asText()).isEqualTo("mine");
    }

    @Test
    void isLoggedWithTenantAndKeyAndWithoutWhatIsSecretOrPersonal() throws Exception {
        String key = door.admin("POST", "/admin/api-keys", "{\"tenant\":\"acme\",\"scopes\":[\"read\"]}")
                .body()
                .replaceAll(".*\"key\":\"([^\"]+)\".*", "$1");
        door.get(PATH + "?period=7d&email=ann%40example.com", "X-Api-Key", key, "X-Request-Id", "one");
        String keyId = io.tidemark.query.keys.ApiKeyFormat.id(key);
        assertThat(awaitLine("request_id=one"))
                .matches("time=\\S+Z client=127.0.0.1 method=GET path=" + PATH
                        + " status=400 bytes=[1-9]\\d* ms=\\d+\\.\\d request_id=one tenant=acme key=" + keyId)
                .doesNotContain(key, "ann", "period", "\n");
        door.get(PATH, "Authorization", "Bearer wrong-wrong-wrong-wrong", "X-Request-Id", "two");
        assertThat(awaitLine("request_id=two")).contains("status=401").doesNotContain("tenant=", "key=", "wrong-wrong");
        door.admin("GET", "/admin/tenants", "");
        assertThat(awaitLine("path=/admin/tenants ")).doesNotContain("tenant=", OpenDoor.OPERATOR_KEY);
    }

    @Test
    void isOneLineWhateverThePathHolds() throws Exception {
        raw("GET /v1/customers/a%0ab\"=c\u00e9 HTTP/1.1", "X-Request-Id: odd");
        assertThat(awaitLine("request_id=odd"))
                .contains(" path=\"/v1/customers/a%0ab\\\"=c\\u00")
                .doesNotContain("\n", "\u00e9");
        door.get("/" + "x".repeat(4000), "X-Request-Id", "long");
        assertThat(awaitLine("request_id=long")).contains("xxx... ").hasSizeLessThan(1300);
    }

    @Test
    void isWhoAndWhereATrustedProxySays() throws Exception {
        String[] headers = {
            "X-Api-Key",
            OpenDoor.OPERATOR_KEY,
            "X-Forwarded-For",
            "198.51.100.7, 2001:db8::9",
            "X-Forwarded-Proto",
            "https",
            "X-Forwarded-Host",
            "usage.example",
            "X-Request-Id",
            "behind",
            "Content-Type",
            "application/json"
        };
        var made = door.send("POST", "/admin/tenants", BodyPublishers.ofString("{\"tenant\":\"new\"}"), headers);
        assertThat(made.headers().firstValue("Location").orElse(made.body()))
                .startsWith("https://usage.example/admin/tenants/new");
        assertThat(awaitLine("request_id=behind")).contains(" client=2001:db8:0:0:0:0:0:9 ");
        headers[1] = OpenDoor.KEY;
        assertThat(door.get("/v1/customers", headers)
                        .headers()
                        .firstValue("Link")
                        .orElse(""))
                .startsWith("<https://usage.example/v1/customers?page=1>; rel=\"first\"");
    }

    @Test
    void isWhoConnectedWhereNoProxyIsTrusted() throws Exception {
        try (var plain = new OpenDoor(Limits.DEFAULT, new Front(List.of(), true))) {
            var list = plain.get(
                    "/v1/customers",
                    "X-Api-Key",
                    OpenDoor.KEY,
                    "X-Forwarded-For",
                    "198.51.100.7",
                    "Forwarded",
                    "for=198.51.100.7;proto=https;host=evil.example",
                    "X-Forwarded-Proto",
                    "https",
                    "X-Forwarded-Host",
                    "evil.example",
                    "X-Request-Id",
                    "spoofed");
            assertThat(list.headers().firstValue("Link").orElse("")).startsWith("</v1/customers?page=1>");
            assertThat(awaitLine("request_id=spoofed")).contains(" client=127.0.0.1 ");
        }
    }

    /** It is written when the answer is out, which the caller may have before. */
    private String awaitLine(String part) throws InterruptedException {
        for (int i = 0; i < 250; i++) {
            for (ILoggingEvent line : List.copyOf(lines.list)) {
                if (line.getFormattedMessage().contains(part)) {
                    return line.getFormattedMessage();
                }
            }
            Thread.sleep(20);
        }
        throw new AssertionError("no line with " + part + " in " + lines.list);
    }

    private static String id(String answer) {
        var id = ID.matcher(answer);
        assertThat(id.find()).as(answer).isTrue();
        String found = id.group(1);
        assertThat(id.find()).as("once").isFalse();
        return found;
    }

    private String raw(String line, String... headers) throws Exception {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), door.port())) {
            String request = line + "\r\nHost: x\r\n" + String.join("\r\n", headers) + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
