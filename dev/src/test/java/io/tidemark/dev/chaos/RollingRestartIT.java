package io.tidemark.dev.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Restarting one instance after the other fails no call of a client that tries once more at the other. */
@Tag("chaos")
@Timeout(3_600)
class RollingRestartIT {
    @TempDir
    private Path directory;

    @Test
    void failsNoCall() throws Exception {
        try (var run = Run.start(directory, "rolling", 2)) {
            run.inflictOften(Fault.ROLLING_RESTART, Integer.getInteger("tidemark.rounds", 10));
            run.mustBeExact();
            assertThat(run.availability().answered()).isEqualTo(1.0);
            assertThat(run.noted("stopped_in_ms"))
                    .allSatisfy(took -> assertThat(took).isLessThanOrEqualTo(Duration.ofSeconds(20)));
        }
    }
}
