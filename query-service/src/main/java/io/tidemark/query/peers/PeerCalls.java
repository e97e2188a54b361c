package io.tidemark.query.peers;

import io.tidemark.streams.routing.PeerAddress;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/** Sends signed calls to addresses that were looked at before, follows nobody elsewhere, and believes answers that are signed. */
final class PeerCalls {
    static final int MOST_BYTES = 8 << 20;

    private static final Duration CONNECT = Duration.ofMillis(500);
    private static final int SENDER_BYTES = 16;
    private static final int OK = 200;

    private final PeerSecret secret;
    private final Clock clock;
    private final String sender;
    private final AtomicLong calls = new AtomicLong();
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT)
            .build();

    PeerCalls(PeerSecret secret, Clock clock) {
        this.secret = secret;
        this.clock = clock;
        byte[] random = new byte[SENDER_BYTES];
        new SecureRandom().nextBytes(random);
        sender = HexFormat.of().formatHex(random);
    }

    /**
     * What a peer answers, as it was written by one that has the secret. Fails with {@link IOException} otherwise.
     *
     * @param at where the peer is, looked at before
     * @param path one of {@link PeerDoor}'s, which hold nothing of anybody's choice
     */
    CompletableFuture<byte[]> send(PeerAddress peer, URI at, String path, byte[] body, Duration atMost) {
        var call = new SignedCall(
                peer.toString(),
                1,
                atMost.toMillis(),
                clock.millis(),
                sender,
                calls.incrementAndGet(),
                PeerSecret.hash(body));
        String mac = secret.mac(call.text("POST", path, ""));
        var request = HttpRequest.newBuilder(at.resolve(path))
                .timeout(atMost)
                .header(SignedCall.HEADER, call.header(mac))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(body))
                .build();
        return client.sendAsync(request, any -> new CappedBody(MOST_BYTES))
                .thenCompose(answer -> believed(answer, mac));
    }

    private CompletableFuture<byte[]> believed(HttpResponse<byte[]> answer, String mac) {
        String expected = secret.ofAnswer(mac, answer.statusCode(), answer.body());
        boolean signed = answer.headers()
                .firstValue(SignedCall.ANSWER_HEADER)
                .filter(given -> PeerSecret.same(expected, given))
                .isPresent();
        return answer.statusCode() == OK && signed
                ? CompletableFuture.completedFuture(answer.body())
                : CompletableFuture.failedFuture(
                        new IOException("status " + answer.statusCode() + (signed ? "" : ", not signed")));
    }
}
