package io.tidemark.streams.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.schemas.EventKey;
import io.tidemark.streams.MeteringSettings.TimeRule;
import io.tidemark.streams.event.Fate;
import io.tidemark.streams.event.Origin;
import io.tidemark.streams.event.Outcome;
import io.tidemark.streams.event.Progress;
import io.tidemark.streams.event.Received;
import io.tidemark.streams.event.Source;
import io.tidemark.streams.fixtures.Events;
import io.tidemark.streams.fixtures.Shelf;
import io.tidemark.streams.fixtures.Step;
import io.tidemark.streams.fixtures.Wire;
import io.tidemark.streams.hot.HotStore;
import io.tidemark.streams.hot.OpenStores;
import io.tidemark.streams.parking.ParkedRecords;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NullMarked
class JudgeTest {
    private static final int PARTITIONS = 12;
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final int HOME = new EventKey("acme", "c1").partition(PARTITIONS);
    private static final int ELSEWHERE = (HOME + 1) % PARTITIONS;

    @TempDir
    private Path directory;

    private final Wire wire = new Wire();
    private Shelf shelf;

    @BeforeEach
    void start() {
        shelf = new Shelf(directory.resolve("shelf"), HotStore.builder(new OpenStores(partition -> {})));
    }

    @AfterEach
    void stop() {
        shelf.close();
    }

    @Test
    void keepsWhatWaitsForItsSchemaWhereItsKeyBelongs() {
        byte[] key = new EventKey("acme", "c1").bytes();
        assertThat(judged(HOME, key)).isEqualTo(Fate.PARKED);
        assertThat(parked(HOME)).hasSize(1);
    }

    @Test
    void sendsWhatWaitsForItsSchemaWhereItsKeyBelongs() {
        byte[] key = new EventKey("acme", "c1").bytes();
        assertThat(judged(ELSEWHERE, key)).isEqualTo(Fate.REKEYED);
        assertThat(parked(ELSEWHERE)).isEmpty();
    }

    @Test
    void keepsWhatWaitsForItsSchemaAndHasNoKey() {
        assertThat(judged(ELSEWHERE, null)).isEqualTo(Fate.PARKED);
        assertThat(parked(ELSEWHERE)).hasSize(1);
    }

    private Fate judged(int partition, byte @Nullable [] key) {
        byte[] value = wire.frame(Events.request("r", "c1", NOW).build());
        wire.away(true);
        var judge = new Judge(wire, TimeRule.DEFAULT, tenant -> true, Step.TOPICS, PARTITIONS);
        var step = new Step<>(judge, partition, directory, shelf.keyValue());
        var received = new Received(
                7,
                Progress.none(Source.REQUESTS, partition),
                new Origin(Source.REQUESTS, partition, 7, NOW.toEpochMilli()),
                key,
                value,
                false);
        step.process(new Record<>(null, received, NOW.toEpochMilli()));
        return ((Outcome) step.forwarded().get(0).value()).fate();
    }

    private List<Received> parked(int partition) {
        return new ParkedRecords(shelf.keyValue(), Step.TOPICS::id)
                .from(Progress.none(Source.REQUESTS, partition), 0, 10);
    }
}
