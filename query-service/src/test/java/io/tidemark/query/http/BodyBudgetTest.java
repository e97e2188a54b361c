package io.tidemark.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.query.OpenDoor;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class BodyBudgetTest {
    private static final int BUDGET = Limits.BATCH_BYTES;
    private static final int MOST_OF_IT = BUDGET - 100_000;

    private final OpenDoor door = new OpenDoor(Limits.DEFAULT.withBodyBytesInAll(BUDGET), Front.DEFAULT);

    @AfterEach
    void close() {
        door.close();
    }

    private HttpResponse<String> post(int bytes) throws Exception {
        String event = "[{\"user\":\"u\"}" + " ".repeat(bytes - 14) + "]";
        return door.send(
                "POST", "/v1/requests/batch", BodyPublishers.ofString(event), "X-Api-Key", OpenDoor.INGEST_KEY);
    }

    /** What another connection sent or gave back is noticed a moment later. */
    private void awaitStatus(int bytes, int status) throws Exception {
        int last = 0;
        for (int i = 0; i < 500 && last != status; i++) {
            last = post(bytes).statusCode();
        }
        assertThat(last).isEqualTo(status);
    }

    /** Sends most of a body and waits with the rest. */
    private Socket half(int bytes) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), door.port());
        String head = "POST /v1/requests/batch HTTP/1.1\r\nHost: h\r\nX-Api-Key: " + OpenDoor.INGEST_KEY
                + "\r\nContent-Length: " + (bytes + 14) + "\r\n\r\n";
        socket.getOutputStream()
                .write((head + "[{\"user\":\"u\"}" + " ".repeat(bytes)).getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
        return socket;
    }

    /** One that has arrived as far as it was sent: before that, it may be itself that there is no room for. */
    private Socket heldWhole() throws Exception {
        for (int tries = 1; true; tries++) {
            Socket held = half(MOST_OF_IT);
            Thread.sleep(300L * tries);
            int status = post(200_000).statusCode();
            if (status == 429 || tries == 6) {
                assertThat(status).isEqualTo(429);
                return held;
            }
            held.close();
        }
    }

    @Test
    void refusesWhatWouldGoBeyondItUntilThereIsRoomAgain() throws Exception {
        assertThat(post(MOST_OF_IT).statusCode()).isEqualTo(202);
        try (Socket held = heldWhole()) {
            HttpResponse<String> refused = post(200_000);
            assertThat(OpenDoor.json(refused).path("type").asText()).endsWith(":overloaded");
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
            assertThat(post(50_000).statusCode()).as("what is small still fits").isEqualTo(202);
            held.getOutputStream().write(']');
            held.getOutputStream().flush();
            var answer = new BufferedReader(new InputStreamReader(held.getInputStream(), StandardCharsets.UTF_8));
            assertThat(answer.readLine()).contains("202");
        }
        assertThat(post(MOST_OF_IT).statusCode()).isEqualTo(202);
    }

    @Test
    void losesNothingToConnectionsThatBreakNorToBodiesThatAreRefused() throws Exception {
        for (int i = 0; i < 20; i++) {
            half(MOST_OF_IT / 2).close();
            awaitStatus(MOST_OF_IT, 202);
            assertThat(post(BUDGET + 100).statusCode()).isEqualTo(413);
        }
        assertThat(post(MOST_OF_IT).statusCode()).isEqualTo(202);
    }
}
