package io.tidemark.streams.administration;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Whether an instance could keep its state on this machine. */
final class HereChecks {
    private static final long LITTLE_BYTES = 5L << 30;

    private final Path directory;
    private final String applicationId;
    private final Findings findings;

    HereChecks(Path directory, String applicationId, Findings findings) {
        this.directory = directory.toAbsolutePath().normalize();
        this.applicationId = applicationId;
        this.findings = findings;
    }

    void check() {
        Path exists = nearest(directory);
        if (exists == null || !Files.isDirectory(exists) || !Files.isWritable(exists)) {
            findings.fault(
                    "state directory " + directory + " cannot be written by this user: --state-dir names another");
            return;
        }
        try {
            room(Files.getFileStore(exists));
            inUse();
        } catch (IOException unreadable) {
            findings.warning("state directory " + directory + " cannot be looked at: " + unreadable);
        }
    }

    private static @Nullable Path nearest(Path path) {
        Path nearest = path;
        while (nearest != null && !Files.exists(nearest)) {
            nearest = nearest.getParent();
        }
        return nearest;
    }

    private void room(FileStore store) throws IOException {
        String says = "state directory " + directory + ": " + (store.getUsableSpace() >> 20) + " MiB free";
        if (store.getUsableSpace() < LITTLE_BYTES) {
            findings.warning(says + ", less than " + (LITTLE_BYTES >> 30) + " GiB");
        } else {
            findings.fine(says);
        }
        if (store.type().equals("tmpfs")) {
            findings.warning("state directory " + directory + " lies in memory: every start restores all of it");
        }
    }

    /** Kafka Streams holds this lock for as long as it runs. */
    private void inUse() throws IOException {
        Path lock = directory.resolve(applicationId).resolve(".lock");
        if (!Files.exists(lock)) {
            findings.fine("no state yet: the first start restores what there is");
            return;
        }
        try (var channel = FileChannel.open(lock, StandardOpenOption.WRITE);
                FileLock free = channel.tryLock()) {
            findings.fine("there is state of " + applicationId
                    + (free == null ? ", and an instance is running on it" : ", and no instance running on it"));
        }
    }
}
