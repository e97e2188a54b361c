package io.tidemark.dev.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whoever asks hardly notices that an instance is lost, and the other counts again soon. */
@Tag("chaos")
@Timeout(3_600)
class QueriesSurviveIT {
    @TempDir
    private Path directory;

    private static final Duration TAKEOVER = Duration.ofSeconds(10);

    @Test
    void theLossOfAnInstance() throws Exception {
        try (var run = Run.start(directory, "queries", 2)) {
            run.inflictOften(Fault.KILL, Integer.getInteger("tidemark.losses", 20));
            run.mustBeExact();
            Availability found = run.availability();
            assertThat(found.answered()).as("answered with another try").isGreaterThanOrEqualTo(0.9995);
            assertThat(found.longestGap()).isLessThanOrEqualTo(Duration.ofSeconds(1));
            assertThat(run.availabilityWhileAway().p99())
                    .as("while it is gone")
                    .isLessThanOrEqualTo(Duration.ofMillis(100));
            assertThat(found.p99()).as("until it has come back").isLessThanOrEqualTo(Duration.ofMillis(100));
            assertThat(run.noted("counting_again_after_kill_ms"))
                    .allSatisfy(took -> assertThat(took).isLessThanOrEqualTo(TAKEOVER));
        }
    }
}
