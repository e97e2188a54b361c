package io.tidemark.dev.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One kill under load changes nothing. */
class SliceIT {
    @TempDir
    private Path directory;

    @Test
    void oneKill() throws Exception {
        Instant began = Instant.now();
        try (var cluster = Cluster.start(directory, "slice", 2)) {
            System.err.println("ready after " + Duration.between(began, Instant.now()));
            var history = new History();
            try (var caller = new Caller(cluster, history);
                    var load = new Load(cluster, caller, 1)) {
                Thread.sleep(5_000);
                try (var askers = new Askers(caller, load, 1)) {
                    assertThat(askers).isNotNull();
                    Thread.sleep(3_000);
                    cluster.member(0).kill();
                    cluster.member(0).start();
                    Thread.sleep(10_000);
                    System.err.println("ready again after " + cluster.member(0).awaitReady(Cluster.PATIENCE));
                }
                Instant sent = load.settle(Duration.ofSeconds(60));
                var audit = new Audit(cluster, load.books());
                System.err.println("counted after " + audit.awaitCounted(sent));
                began = Instant.now();
                Audit.Result result = audit.totals();
                System.err.println(result.compared() + " compared in " + Duration.between(began, Instant.now()) + " of "
                        + load.books().size() + " events; calls "
                        + history.calls().size());
                assertThat(result.wrong()).isEmpty();
                assertThat(audit.conservation()).isEmpty();
                assertThat(history.complaints()).isEmpty();
            }
        }
    }
}
