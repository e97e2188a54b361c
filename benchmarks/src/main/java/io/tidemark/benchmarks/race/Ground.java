package io.tidemark.benchmarks.race;

import io.tidemark.dev.broker.EmbeddedBroker;
import io.tidemark.dev.registry.SchemaRegistryServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Broker and registry in a process of their own: {@code DIRECTORY}. Says where they are; ends when nobody holds its standard input any more. */
final class Ground {
    /** Topics are deleted between contestants: their bytes must not be there for the next. */
    private static final Map<String, String> SETTINGS = Map.of("log.segment.delete.delay.ms", "1000");

    private Ground() {}

    public static void main(String[] words) throws IOException {
        var broker = EmbeddedBroker.start(Path.of(words[0]), 0, SETTINGS);
        var registry = SchemaRegistryServer.start(broker.bootstrapServers(), 0);
        System.out.println("ready " + broker.bootstrapServers() + " " + registry.url());
        while (System.in.read() >= 0) {
            // Nothing is said there.
        }
        Runtime.getRuntime().halt(0);
    }
}
