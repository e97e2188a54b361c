package io.tidemark.dev.chaos;

import io.tidemark.dev.broker.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** A broker that is a process of its own. Ends when nobody holds its standard input any more. */
final class BrokerMain {
    private BrokerMain() {}

    public static void main(String... arguments) throws IOException {
        EmbeddedBroker.start(Path.of(arguments[0]), Integer.parseInt(arguments[1]), Map.of());
        System.out.println("ready");
        while (System.in.read() >= 0) {
            // Nothing is said there.
        }
        Runtime.getRuntime().halt(0);
    }
}
