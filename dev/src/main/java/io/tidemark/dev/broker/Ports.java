package io.tidemark.dev.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The two ports of one node. Kafka must be told the controller's before it starts (it is part of the quorum's
 * address), so "any free one" has to be found by trying.
 */
record Ports(int broker, int controller) {
    static final String LOOPBACK = "127.0.0.1";
    private static final byte[] LOOPBACK_BYTES = {127, 0, 0, 1};

    // Below the range from which systems take ports for outgoing connections (Linux: from 32768), so that none of those
    // takes a port between our look and Kafka's bind.
    private static final int LOWEST = 15_000;
    private static final int HIGHEST = 32_000;
    private static final int ATTEMPTS = 100;

    /** Finds the two, {@code wanted} for the broker (0: any free one). */
    static Ports choose(int wanted) {
        var broker = wanted == 0 ? anyFree(0) : wanted;
        if (!isFree(broker)) {
            throw new IllegalStateException(
                    "Port " + broker + " on " + LOOPBACK + " is already in use: no broker can start there.");
        }
        return new Ports(broker, anyFree(broker));
    }

    private static int anyFree(int except) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            var port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
            if (port != except && isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("No free port found between " + LOWEST + " and " + HIGHEST + ".");
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getByAddress(LOOPBACK_BYTES))) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
