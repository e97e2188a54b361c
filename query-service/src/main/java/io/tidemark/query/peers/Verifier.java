package io.tidemark.query.peers;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells calls of peers from everything else: signed with the secret, meant for this instance, of now, and never seen before.
 *
 * <p>A call is of now within {@link #SKEW} of this machine's clock, and not from before this instance began: what it was sent before that, it has
 * forgotten. So a peer whose clock is behind is refused for as long as it is behind, once, after this one's start.
 */
final class Verifier {
    static final Duration SKEW = Duration.ofSeconds(60);
    /** A sender's calls can be of now for twice the skew after one came; a little more. */
    private static final Duration KEPT = SKEW.multipliedBy(3);

    private final PeerSecret secret;
    private final String self;
    private final Clock clock;
    private final long since;
    private final Map<String, ReplayWindow> senders = new ConcurrentHashMap<>();

    /** @param self how this instance is known to others */
    Verifier(PeerSecret secret, String self, Clock clock) {
        this.secret = secret;
        this.self = self;
        this.clock = clock;
        since = clock.millis();
    }

    /** Why a call is refused, in words for the log; the caller is told nothing. Empty when its head is good. */
    Optional<String> refusal(SignedCall.Presented presented, String method, String path, String query) {
        SignedCall call = presented.call();
        if (!PeerSecret.same(secret.mac(call.text(method, path, query)), presented.mac())) {
            return Optional.of("it is not signed with the secret");
        }
        if (!call.target().equals(self)) {
            return Optional.of("it is meant for " + call.target());
        }
        long now = clock.millis();
        if (Math.abs(now - call.timeMillis()) > SKEW.toMillis() || call.timeMillis() < since) {
            return Optional.of("it is of another time, " + (now - call.timeMillis()) + " ms ago");
        }
        return isNew(call, now) ? Optional.empty() : Optional.of("it has come before");
    }

    private boolean isNew(SignedCall call, long now) {
        if (!senders.containsKey(call.sender())) {
            senders.values().removeIf(other -> other.lastMillis() < now - KEPT.toMillis());
        }
        return senders.computeIfAbsent(call.sender(), any -> new ReplayWindow(now))
                .isNew(call.counter(), now);
    }
}
