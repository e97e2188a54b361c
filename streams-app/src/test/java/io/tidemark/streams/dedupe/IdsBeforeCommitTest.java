package io.tidemark.streams.dedupe;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.streams.MeteringSettings.IdForm;
import io.tidemark.streams.fixtures.Events;
import io.tidemark.streams.fixtures.Machine;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NullMarked
class IdsBeforeCommitTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    @TempDir
    private Path directory;

    @Test
    void writesAndLogsTheIdsOfACommitBeforeItEnds() {
        try (var machine = new Machine(directory, NOW)) {
            for (int block = 0; block < 3; block++) {
                machine.append(Events.request("r" + block, "c1", NOW).build(), NOW);
                var key = BlockKeys.block(0, block);
                assertThat(machine.seen().get(key)).isNotNull();
                assertThat(machine.logged())
                        .anySatisfy(record -> assertThat(record.key()).isEqualTo(key.get()));
            }
        }
    }

    @Test
    void isNotThereWhereIdsAreARecordEach() {
        assertThat(SeenIds.stores(IdForm.RECORDS)).hasSize(1);
        assertThat(SeenIds.stores(IdForm.BLOCKS)).hasSize(2);
    }
}
