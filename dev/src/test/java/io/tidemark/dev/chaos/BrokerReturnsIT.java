package io.tidemark.dev.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A broker that is killed and comes back costs time and nothing else. */
@Tag("chaos")
@Timeout(3_600)
class BrokerReturnsIT {
    @TempDir
    private Path directory;

    private static final Duration MOST = Duration.ofSeconds(30);

    @Test
    void andCountingGoesOn() throws Exception {
        try (var run = Run.start(directory, "broker", 2)) {
            run.inflictOften(Fault.BROKER, Integer.getInteger("tidemark.brokers", 5));
            run.mustBeExact();
            assertThat(run.noted("counting_again_after_broker_ms"))
                    .allSatisfy(took -> assertThat(took).isLessThanOrEqualTo(MOST));
        }
    }
}
