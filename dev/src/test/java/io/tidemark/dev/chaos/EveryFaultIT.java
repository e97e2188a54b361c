package io.tidemark.dev.chaos;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every fault there is, in rounds of another order each: {@code -Dtidemark.rounds.of.all=2}. */
@Tag("chaos")
@Timeout(3_600)
class EveryFaultIT {
    @TempDir
    private Path directory;

    @Test
    void changesNothing() throws Exception {
        try (var run = Run.start(directory, "every", 2)) {
            Fault[] all = Fault.values();
            for (int round = 0; round < Integer.getInteger("tidemark.rounds.of.all", 2); round++) {
                for (int i = 0; i < all.length; i++) {
                    // Three is prime to their number: a way through all of them, other than the first.
                    run.inflict(all[round % 2 == 0 ? i : i * 3 % all.length], round + i);
                }
            }
            run.mustBeExact();
        }
    }
}
