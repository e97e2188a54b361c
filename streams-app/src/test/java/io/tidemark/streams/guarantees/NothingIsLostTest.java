package io.tidemark.streams.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.schemas.Topics;
import io.tidemark.streams.MeteringSettings.Retention;
import io.tidemark.streams.MeteringSettings.TimeRule;
import io.tidemark.streams.event.Coordinates;
import io.tidemark.streams.event.Fate;
import io.tidemark.streams.event.Progress;
import io.tidemark.streams.event.Source;
import io.tidemark.streams.fixtures.Events;
import io.tidemark.streams.fixtures.Machine;
import io.tidemark.streams.reading.AsOf;
import io.tidemark.streams.reading.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NothingIsLostTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    private final Scratch scratch = new Scratch();
    private final Machine machine = new Machine(scratch.directory(), NOW);
    private final Random random = new Random(11);
    private final Producers producers =
            new Producers(random, new Scenario(TimeRule.DEFAULT, Retention.DEFAULT, NOW, Duration.ZERO), machine.wire);

    @AfterEach
    void stop() {
        machine.close();
        scratch.close();
    }

    @Test
    void accountsForEveryRecordAtEveryMoment() {
        for (int i = 1; i <= 600; i++) {
            machine.wire.away(i / 50 % 2 == 1);
            Sent sent = producers.next(NOW.plusSeconds(i));
            machine.append(sent.toUsage(), sent.key(), sent.value(), sent.at());
            if (i % 7 == 0) {
                machine.pass(Duration.ofMillis(200));
            }
            assertThat(sum(Progress::read)).isEqualTo(i);
            for (Progress progress : machine.progress()) {
                long fates =
                        Arrays.stream(Fate.values()).mapToLong(progress::count).sum();
                assertThat(fates).isEqualTo(progress.read());
                assertThat(progress.offset()).isEqualTo(progress.read() - 1);
            }
        }
        for (Fate fate : Fate.values()) {
            if (fate != Fate.REKEYED && fate != Fate.PARKED) {
                assertThat(sum(progress -> progress.count(fate))).as("%s", fate).isPositive();
            }
        }
    }

    @Test
    void keepsWhatWaitsUntilTheRegistryIsBackHoweverLongThatTakes() {
        machine.wire.away(true);
        int waiting = 2_500;
        for (int i = 0; i < waiting; i++) {
            Told told = new Told();
            told.tenant = "acme";
            told.customer = "c" + i % 10;
            told.id = "r" + i;
            told.occurredMicros = Producers.micros(NOW);
            byte[] value =
                    machine.wire.frame(Scribe.schema(false, Scribe.Hand.TODAY), Scribe.write(told, Scribe.Hand.TODAY));
            machine.append(false, null, value, NOW);
        }
        machine.pass(Duration.ofDays(1));
        assertThat(sum(progress -> progress.count(Fate.PARKED))).isEqualTo(waiting);

        machine.wire.away(false);
        for (int i = 0; i < 5; i++) {
            machine.pass(Duration.ofMillis(100));
        }

        assertThat(sum(progress -> progress.count(Fate.PARKED))).isZero();
        assertThat(sum(progress -> progress.count(Fate.COUNTED))).isEqualTo(waiting);
        assertThat(machine.rejected()).isEmpty();
    }

    @Test
    void neitherClaimsNorContainsWhatIsParked() {
        machine.append(Events.request("r1", "c1", NOW).build(), NOW);
        machine.wire.away(true);
        Instant parkedAt = NOW.plusSeconds(60);
        machine.append(Events.request("r2", "c1", parkedAt).build(), parkedAt);
        machine.wire.away(false);
        machine.append(Events.request("r3", "c1", parkedAt.plusSeconds(60)).build(), parkedAt.plusSeconds(60));

        Progress waiting = machine.progress().get(0);
        var parked = new Position(List.of(new Coordinates(Source.REQUESTS, 0, 1)));
        assertThat(waiting.offset()).isEqualTo(2);
        assertThat(waiting.settledUpTo()).isZero();
        assertThat(parked.isContainedIn(List.of(waiting))).isFalse();
        assertThat(new AsOf().proven().of(List.of(waiting))).isBefore(parkedAt);

        machine.pass(Duration.ofMillis(200));

        Progress settled = machine.progress().get(0);
        assertThat(settled.settledUpTo()).isEqualTo(2);
        assertThat(parked.isContainedIn(List.of(settled))).isTrue();
    }

    @Test
    void refusesWhatIsTooLargeToBeKeptOrSentOn() {
        machine.wire.away(true);
        byte[] large = new byte[Topics.LARGEST_EVENT + 1];
        machine.append(false, null, large, NOW);
        byte[] largest = new byte[Topics.LARGEST_EVENT];
        machine.append(false, null, largest, NOW);

        assertThat(sum(progress -> progress.count(Fate.REJECTED))).isEqualTo(1);
        assertThat(sum(progress -> progress.count(Fate.PARKED))).isEqualTo(1);
    }

    @Test
    void refusesEveryBadRecordOnceAndKeepsItsBytes() {
        int bad = 0;
        for (int i = 0; i < 400; i++) {
            Sent sent = producers.next(NOW);
            if (sent.told() == null) {
                machine.append(sent.toUsage(), sent.key(), sent.value(), NOW);
                bad++;
            }
        }
        assertThat(bad).isPositive();
        assertThat(machine.rejected()).hasSize(bad);
        assertThat(sum(progress -> progress.count(Fate.REJECTED))).isEqualTo(bad);
    }

    private long sum(java.util.function.ToLongFunction<Progress> what) {
        return machine.progress().stream().mapToLong(what).sum();
    }
}
