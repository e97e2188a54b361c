package io.tidemark.dev.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is broken on purpose is found wrong, by the same harness, every time: {@code -Dtidemark.controls=10} in the profile. */
@Timeout(3_600)
class ControlsAreCaughtIT {
    private static final int TIMES = Integer.getInteger("tidemark.controls", 1);
    private static final int MOST_KILLS = 3;
    private static final int ITS_ONLY_INSTANCE = 0;

    @TempDir
    private Path directory;

    @Test
    @Tag("chaos")
    @Tag("short")
    void atLeastOnce() throws Exception {
        for (int i = 0; i < TIMES; i++) {
            List<String> wrong = List.of();
            try (var run = Run.start(directory.resolve("a" + i), "at-least-once-" + i, 1, Variant.AT_LEAST_ONCE)) {
                for (int kill = 0; kill < MOST_KILLS && wrong.isEmpty(); kill++) {
                    run.inflict(Fault.KILL_AND_START, ITS_ONLY_INSTANCE);
                    wrong = run.wrong();
                }
                run.figures().put("totals_wrong", wrong.size()).write();
            }
            assertThat(wrong).as("seed %d", Run.SEED).isNotEmpty();
        }
    }

    @Test
    @Tag("chaos")
    void withoutDedupe() throws Exception {
        var broken = Variant.withoutDedupe(directory.resolve("classes"));
        for (int i = 0; i < TIMES; i++) {
            try (var run = Run.start(directory.resolve("d" + i), "without-dedupe-" + i, 1, broken)) {
                List<String> wrong = run.wrong();
                run.figures().put("totals_wrong", wrong.size()).write();
                assertThat(wrong).as("seed %d", Run.SEED).isNotEmpty();
            }
        }
    }
}
