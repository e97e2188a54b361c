package io.tidemark.dev.chaos;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * One cluster, five kills and the other faults in between: nothing is wrong afterwards. What takes longer is in the profile {@code chaos}, and so is the loss of one
 * instance's state alone, here all of them lose theirs at once; and of a broker with one of two instances: with the only one it is in {@code RestartChangesNothingIT}.
 */
@Tag("alone")
@Timeout(480)
class ShortChaosIT {
    private static final List<Fault> FAULTS = List.of(
            Fault.KILL,
            Fault.BROKER,
            Fault.KILL_AND_START,
            Fault.ZOMBIE,
            Fault.REGISTRY_AWAY,
            Fault.ALL_AND_STATE,
            Fault.ROLLING_RESTART);

    @TempDir
    private Path directory;

    @Test
    void changesNoTotalAndNoAnswer() throws Exception {
        try (var run = Run.start(directory, "short", 2)) {
            for (int i = 0; i < FAULTS.size(); i++) {
                run.inflict(FAULTS.get(i), i);
            }
            run.mustBeExact();
        }
    }
}
