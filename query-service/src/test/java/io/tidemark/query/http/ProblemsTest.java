package io.tidemark.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.query.OpenDoor;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ProblemsTest {
    private static final String PATH = "/api/v1/customers/c/usage";

    private final OpenDoor door = new OpenDoor();

    @AfterEach
    void close() {
        door.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//",
                "/nothing",
                "/api/v1",
                "/api/v1/nothing",
                "/api/v1/customers//usage",
                "/API/v1/customers/c/usage"
            })
    void isA404AtAnUnknownPath(String path) throws Exception {
        var response = door.get(path);
        assertProblem(response, 404, "not_found");
        assertThat(OpenDoor.json(response).get("instance").asText()).isEqualTo(path);
    }

    @Test
    void isA405ForAnotherMethod() throws Exception {
        var response = door.send("DELETE", PATH, HttpRequest.BodyPublishers.noBody(), "X-Api-Key", OpenDoor.KEY);
        assertProblem(response, 405, "method_not_allowed");
    }

    @Test
    void isA413ForABodyAboveAMebibyte() throws Exception {
        var most = HttpRequest.BodyPublishers.ofByteArray(new byte[Limits.BODY_BYTES]);
        var more = HttpRequest.BodyPublishers.ofByteArray(new byte[Limits.BODY_BYTES + 1]);
        assertProblem(door.send("GET", PATH, more, "X-Api-Key", OpenDoor.KEY), 413, "content_too_large");
        assertThat(door.send("GET", PATH, most, "X-Api-Key", OpenDoor.KEY).statusCode())
                .isEqualTo(200);
        assertProblem(door.send("GET", PATH, more, "X-Api-Key", "not-a-key-of-anybody"), 401, "unauthorized");
    }

    @Test
    void isA431ForHeadersAbove16KiB() throws Exception {
        var response = door.get(PATH, "X-Api-Key", OpenDoor.KEY, "X-Long", "x".repeat(Limits.HEADER_BYTES));
        assertProblem(response, 431, "headers_too_large");
        assertThat(door.get(PATH, "X-Api-Key", OpenDoor.KEY, "X-Long", "x".repeat(15 << 10))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void isA500ThatTellsNothingWhereWeFail() throws Exception {
        door.usage.failsWith(new IllegalStateException("a secret"));
        var response = door.get(PATH);
        assertProblem(response, 500, "internal");
        assertThat(response.body()).doesNotContain("secret", "IllegalState", "io.tidemark");
        door.usage.failsWith(new StackOverflowError("a secret"));
        assertProblem(door.get(PATH), 500, "internal");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /api/v1/customers/%zz/usage HTTP/1.1",
                "GET /api/v1/customers/%00/usage HTTP/1.1",
                "GET /api/v1/customers/c/usage?period=%zz HTTP/1.1",
                "GET /api/v1/customers/a\u0001b/usage HTTP/1.1",
                "GET /api/v1/apps/x;%u00e9/usage/by-customer HTTP/1.1",
                "GET /api/v1/customers/c;%/usage HTTP/1.1",
                "NONSENSE",
                "GET / HTTP/9.9"
            })
    void isAProblemEvenWhereTheRequestIsNone(String line) throws Exception {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), door.port())) {
            String request = line + "\r\nHost: x\r\nX-Api-Key: " + OpenDoor.KEY + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            String response = all(socket.getInputStream());
            assertThat(response).containsPattern("^HTTP/1\\.[01] (400|505) ").contains("application/problem+json");
            assertThat(response).doesNotContain("Jetty", "Exception", "<html", "Server:");
        }
    }

    private static String all(InputStream in) throws Exception {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }

    private static void assertProblem(HttpResponse<String> response, int status, String type) throws Exception {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(response.headers().firstValue("Server")).isEmpty();
        var problem = OpenDoor.json(response);
        assertThat(problem.get("type").asText()).isEqualTo("urn:tidemark:problem:" + type);
        assertThat(problem.get("status").asInt()).isEqualTo(status);
        assertThat(problem.get("title").asText()).isNotEmpty();
        assertThat(problem.get("detail").asText()).isNotEmpty();
        assertThat(problem.has("instance")).isTrue();
    }
}
