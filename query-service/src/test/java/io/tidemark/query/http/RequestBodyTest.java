package io.tidemark.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.query.request.Faults;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class RequestBodyTest {
    private final HttpClient client = HttpClient.newHttpClient();
    private final Door door = Door.open("127.0.0.1", 0, Limits.DEFAULT, Front.DEFAULT, config -> {
        config.routes.post(
                "/things",
                context -> RequestBody.whole(context, () -> {
                    var faults = new Faults();
                    var body = RequestBody.json(context, faults);
                    String name = body.text("name", 2_000_000).orElse("");
                    body.allowNothingElse();
                    Refused.ifAny(faults);
                    Replies.created(context, "/things/1", Map.of("length", name.length()));
                }));
        config.routes.delete(
                "/things",
                context -> RequestBody.whole(context, () -> {
                    var faults = new Faults();
                    RequestBody.jsonOrNothing(context, faults).allowNothingElse();
                    Refused.ifAny(faults);
                    Replies.done(context);
                }));
    });

    @AfterEach
    void close() {
        door.close();
    }

    @Test
    void isAnsweredWith201AndWhereToFindWhatWasMade() throws Exception {
        var response =
                post(BodyPublishers.ofString("{\"name\":\"ä\"}"), "Content-Type", "application/json; charset=UTF-8");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        assertThat(response.headers().firstValue("Location")).hasValue("/things/1");
        assertThat(response.body()).isEqualTo("{\"length\":1}");
        assertThat(post(BodyPublishers.ofString("{}")).statusCode()).isEqualTo(201);
    }

    @Test
    void mayBeLeftOutWhereNothingIsNeeded() throws Exception {
        assertThat(send("DELETE", BodyPublishers.noBody()).statusCode()).isEqualTo(204);
        assertThat(send("DELETE", BodyPublishers.ofString("{\"x\":1}")).statusCode())
                .isEqualTo(400);
        var missing = post(BodyPublishers.noBody());
        assertThat(missing.statusCode()).isEqualTo(400);
        assertThat(missing.body()).contains("\"pointer\":\"\"");
    }

    @Test
    void isRefusedAboveAMebibyteHoweverItComes() throws Exception {
        byte[] most = name(Limits.BODY_BYTES);
        byte[] more = name(Limits.BODY_BYTES + 1);
        assertThat(post(chunked(most)).statusCode()).isEqualTo(201);
        assertThat(post(BodyPublishers.ofByteArray(more)).statusCode()).isEqualTo(413);
        var refused = post(chunked(more));
        assertThat(refused.statusCode()).isEqualTo(413);
        assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    }

    @Test
    void isRefusedWhereItIsSaidToBeSomethingElse() throws Exception {
        var response = post(BodyPublishers.ofString("{}"), "Content-Type", "application/x-www-form-urlencoded");
        assertThat(response.statusCode()).isEqualTo(415);
        assertThat(response.body()).contains("urn:tidemark:problem:unsupported_media_type", "application/json");
    }

    private static byte[] name(int bytes) {
        String frame = "{\"name\":\"\"}";
        return ("{\"name\":\"" + "x".repeat(bytes - frame.length()) + "\"}").getBytes(StandardCharsets.UTF_8);
    }

    private static BodyPublisher chunked(byte[] bytes) {
        return BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes));
    }

    private HttpResponse<String> post(BodyPublisher body, String... headers) throws Exception {
        return send("POST", body, headers);
    }

    private HttpResponse<String> send(String method, BodyPublisher body, String... headers) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + door.port() + "/things"));
        var told = headers.length == 0 ? request : request.headers(headers);
        return client.send(told.method(method, body).build(), HttpResponse.BodyHandlers.ofString());
    }
}
