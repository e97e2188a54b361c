package io.tidemark.dev.registry;

import io.tidemark.dev.broker.EmbeddedBroker;
import java.nio.file.Path;

/** A program of its own: a broker and a registry on the directory given, the registry's address on standard output. */
final class RunsUntilKilled {
    private RunsUntilKilled() {}

    public static void main(String[] directory) throws InterruptedException {
        var broker = EmbeddedBroker.start(Path.of(directory[0]), 0);
        var registry = SchemaRegistryServer.start(broker.bootstrapServers(), 0);
        System.out.println(registry.url());
        Thread.sleep(Long.MAX_VALUE);
    }
}
