package io.tidemark.dev.broker;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;

/** Where the node keeps its logs: formatted once, with a random cluster id, and taken as found ever after. */
final class DataDirectory {
    private static final String FORMATTED = "meta.properties";
    private static final String LOCK = ".lock";

    private DataDirectory() {}

    /** Returns the absolute path, formatted and not in use by another broker. */
    static Path prepare(Path wanted) {
        var directory = wanted.toAbsolutePath().normalize();
        try {
            Files.createDirectories(directory);
            refuseIfInUse(directory);
            if (Files.notExists(directory.resolve(FORMATTED))) {
                format(directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The broker's data directory " + directory + " cannot be used", e);
        }
        return directory;
    }

    /** Takes and gives back the very lock that Kafka will take. */
    private static void refuseIfInUse(Path directory) throws IOException {
        var lock = directory.resolve(LOCK);
        try (var channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            if (channel.tryLock() == null) {
                throw inUse(directory);
            }
        } catch (OverlappingFileLockException heldInThisJvm) {
            throw inUse(directory);
        }
    }

    private static IllegalStateException inUse(Path directory) {
        return new IllegalStateException("Another broker is running on " + directory + ".");
    }

    private static void format(Path directory) throws IOException {
        // The formatter reports its progress; standard output belongs to the program around us.
        try (var silence = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setPrintStream(silence)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setNodeId(BrokerSettings.NODE)
                    .setControllerListenerName(BrokerSettings.CONTROLLER)
                    .setMetadataLogDirectory(directory.toString())
                    .setDirectories(List.of(directory.toString()))
                    .setIgnoreFormatted(true)
                    .run();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("The broker's data directory could not be formatted", e);
        }
    }
}
