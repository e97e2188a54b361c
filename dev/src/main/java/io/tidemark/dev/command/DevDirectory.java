package io.tidemark.dev.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidemark.query.keys.ApiKeyFormat;
import io.tidemark.query.sending.Target;
import io.tidemark.streams.StartRefused;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The directory {@code dev} keeps everything in: {@code kafka}, {@code state}, the key in {@code dev.key}, and {@code
 * endpoints.properties} for as long as it runs. Locked, so that no two processes use it at once; the operating system
 * lets go of the lock however the process ends.
 */
final class DevDirectory implements AutoCloseable {
    private static final String OWNER_ONLY = "rw-------";

    private final Path directory;
    private final FileChannel lock;

    private DevDirectory(Path directory, FileChannel lock) {
        this.directory = directory;
        this.lock = lock;
    }

    /**
     * Takes the directory, making it if it is not there.
     *
     * @throws StartRefused when another process has it
     */
    static DevDirectory take(Path directory) {
        try {
            Files.createDirectories(directory);
            var channel = FileChannel.open(
                    directory.resolve("dev.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!locks(channel)) {
                channel.close();
                throw new StartRefused(List.of("another dev runs on " + directory.toAbsolutePath()
                        + "; stop it, or take another directory with --data-dir"));
            }
            return new DevDirectory(directory, channel);
        } catch (IOException e) {
            throw new StartRefused(List.of("the data directory " + directory + " cannot be used: " + e));
        }
    }

    private static boolean locks(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    Path kafka() {
        return directory.resolve("kafka");
    }

    Path state() {
        return directory.resolve("state");
    }

    /** The given key, or the one kept here, or a new one; kept from now on, readable by the owner alone. */
    String key(@Nullable String given) {
        Path file = directory.resolve("dev.key");
        try {
            if (given == null && Files.exists(file)) {
                return Files.readString(file, UTF_8).strip();
            }
            String key = given == null ? ApiKeyFormat.generate("dev", new SecureRandom()) : given;
            writeForOwner(file, key + "\n");
            return key;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file is never readable by others, not for a moment. */
    private static void writeForOwner(Path file, String text) throws IOException {
        Path fresh = Files.createTempFile(
                file.toAbsolutePath().getParent(),
                "dev",
                ".key",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY)));
        Files.writeString(fresh, text, UTF_8);
        Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Says where what runs here is found, for {@code send} and for scripts. */
    void announce(Properties endpoints) {
        try (var out = Files.newBufferedWriter(directory.resolve(Target.ENDPOINTS), UTF_8)) {
            endpoints.store(out, "where the dev that runs on this directory is found");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(directory.resolve(Target.ENDPOINTS));
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
