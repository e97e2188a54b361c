package io.tidemark.dev.chaos;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An instance that slept for longer than its session changes nothing when it wakes. */
@Tag("chaos")
@Timeout(3_600)
class ZombiesAreFencedIT {
    @TempDir
    private Path directory;

    @Test
    void whoeverSleptForLongerThanItsSession() throws Exception {
        try (var run = Run.start(directory, "zombies", 2)) {
            run.inflictOften(Fault.ZOMBIE, Integer.getInteger("tidemark.zombies", 10));
            run.mustBeExact();
        }
    }
}
