package io.tidemark.dev.chaos;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9}, again and again, never changes a total: {@code -Dtidemark.kills=100}. */
@Tag("chaos")
@Timeout(14_400)
class KillsChangeNothingIT {
    @TempDir
    private Path directory;

    @Test
    void howeverOftenTheyAre() throws Exception {
        try (var run = Run.start(directory, "kills", 2)) {
            run.inflictOften(Fault.KILL_AND_START, Integer.getInteger("tidemark.kills", 100));
            run.mustBeExact();
        }
    }
}
