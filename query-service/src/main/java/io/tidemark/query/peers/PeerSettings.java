package io.tidemark.query.peers;

import io.tidemark.streams.routing.PeerAddress;
import java.util.Optional;

/**
 * How an instance meets the others of its deployment.
 *
 * @param secret that all of them share; calls are signed with it
 * @param host the address to listen at
 * @param port 0 takes any free one
 * @param advertised where the others find this listener; empty: at host and port
 * @param allowed whom this instance will ask
 */
public record PeerSettings(
        String secret, String host, int port, Optional<PeerAddress> advertised, AllowedPeers allowed) {
    /** A shorter one could be guessed by who has heard a call. */
    public static final int SHORTEST_SECRET = 32;

    /** 8081. */
    public static final int PORT = 8081;

    public PeerSettings {
        if (secret.length() < SHORTEST_SECRET) {
            throw new IllegalArgumentException("a secret has at least " + SHORTEST_SECRET + " characters");
        }
    }

    /** Never with the secret. */
    @Override
    public String toString() {
        return "PeerSettings[" + host + ":" + port + ", advertised=" + advertised + "]";
    }
}
