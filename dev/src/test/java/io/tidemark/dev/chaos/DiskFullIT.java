package io.tidemark.dev.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * An instance whose state directory has no room left changes no total, and is exact again once there is room and it was
 * started again. Needs the right to mount a small file system; skipped without.
 */
@Tag("chaos")
@Timeout(900)
class DiskFullIT {
    private static final Duration UNTIL_IT_SAYS_SO = Duration.ofSeconds(30);

    @TempDir
    private Path directory;

    private Path disk;

    @BeforeEach
    void mount() throws Exception {
        disk = Files.createDirectories(directory.resolve("disk"));
        assumeThat(run("mount", "-t", "tmpfs", "-o", "size=160m", "tmpfs", disk.toString()))
                .as("a small file system could not be mounted")
                .isZero();
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", "-l", disk.toString());
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }

    @Test
    void changesNothing() throws Exception {
        try (var run = Run.start(directory, "disk-full", 2)) {
            Member third = run.cluster().memberAt(2, disk.resolve("state")).start();
            third.awaitReady(Cluster.PATIENCE);
            run.awaitCounted(Instant.now());
            fill();
            run.note("said_why_after_ms", awaitWhy(run, third));
            Files.delete(disk.resolve("filler"));
            if (third.isRunning()) {
                third.kill();
            }
            third.start();
            third.awaitReady(Cluster.PATIENCE);
            run.mustBeExact();
        }
    }

    private void fill() throws IOException {
        byte[] some = new byte[1 << 16];
        try (OutputStream out = Files.newOutputStream(disk.resolve("filler"))) {
            while (true) {
                out.write(some);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space");
        }
    }

    /** How long until it is not ready, and says more than that, or has ended for a supervisor to see. */
    private static Duration awaitWhy(Run run, Member member) throws InterruptedException {
        Instant began = Instant.now();
        while (Instant.now().isBefore(began.plus(UNTIL_IT_SAYS_SO))) {
            Member.Ready ready = member.ready();
            if (ready.status() != 200) {
                run.figures().put("said_of_a_full_disk", ready.status() + " " + ready.body());
                return Duration.between(began, Instant.now());
            }
            Thread.sleep(100);
        }
        throw new AssertionError("it says nothing of its full disk for " + UNTIL_IT_SAYS_SO);
    }
}
