package io.tidemark.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.query.OpenDoor;
import io.tidemark.streams.reading.UsageSeries;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is written on the wire, it is answered, never with a 500, and never but in the shapes that are documented. */
final class GarbageTest {
    private static final String[] PIECES = {
        "a",
        "Z",
        "0",
        "%",
        "%2F",
        "%2e",
        "%00",
        "%0a",
        "%7F",
        "%C3",
        "%C3%A9",
        "%FF",
        "%zz",
        "%u00e9",
        ";",
        ";x=1",
        "?",
        "&",
        "=",
        "+",
        ".",
        "..",
        "/",
        "//",
        "\\",
        "#",
        "@",
        ":",
        "{",
        "}",
        "<",
        "\"",
        "'",
        "|",
        "^",
        "\u00e9",
        "\u0001",
        "\t",
        "period=",
        "from=",
        "cursor=",
        "limit=",
        "customers",
        "usage",
        "/usage",
        "apps/acme/",
        "P1D",
        "-1",
        "99999999999999999999"
    };
    private static final String[] BEGINNINGS = {
        "/",
        "/api/v1/",
        "/v1/",
        "/api/v1/customers/",
        "/v1/customer-by-external-id/",
        "/v1/usage/by-customer?",
        "/api/v1/customers/c/usage?",
        "/api/v1/apps/",
        "/health/",
        "*",
        "http://x/",
        ""
    };
    private static final String[] ENDS = {"", "/usage", "/usage?period=1d", "/usage/by-customer"};
    private static final String[] METHODS = {
        "GET", "GET", "GET", "HEAD", "POST", "OPTIONS", "TRACE", "CONNECT", "PATCH", "QUERY", "get"
    };

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 7, 12})
    void isAnsweredWithoutFailing(long seed) throws Exception {
        var random = new Random(seed);
        try (var door = new OpenDoor()) {
            door.parts()
                    .<UsageSeries.Asked, UsageSeries>answer(
                            UsageSeries.KIND,
                            asked -> new UsageSeries(true, asked.period(), Optional.empty(), List.of(List.of())));
            for (int i = 0; i < 250; i++) {
                String line = line(random);
                String response = answer(door.port(), line);
                assertThat(response)
                        .as("seed %d, %s", seed, line)
                        .matches("(?s)HTTP/1\\.[01] (200|40[01345]|431|50[15]) .*");
                if (!response.matches("(?s)HTTP/1\\.[01] 200 .*")) {
                    assertThat(response).as("seed %d, %s", seed, line).contains("application/problem+json");
                }
                assertThat(response)
                        .as("seed %d, %s", seed, line)
                        .doesNotContain("Exception", "<html>", "\tat ", "Server:");
            }
        }
    }

    private static String line(Random random) {
        var line = new StringBuilder(one(METHODS, random)).append(' ').append(one(BEGINNINGS, random));
        for (int n = random.nextInt(8); n > 0; n--) {
            line.append(one(PIECES, random));
        }
        return line.append(one(ENDS, random)).append(" HTTP/1.1").toString();
    }

    private static String one(String[] choices, Random random) {
        return choices[random.nextInt(choices.length)];
    }

    private static String answer(int port, String line) throws Exception {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            String request = line + "\r\nHost: x\r\nX-Api-Key: " + OpenDoor.KEY + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
