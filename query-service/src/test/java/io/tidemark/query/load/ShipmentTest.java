package io.tidemark.query.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.query.oracle.Oracle;
import io.tidemark.streams.event.EventKind;
import io.tidemark.streams.publishing.EventPublisher;
import io.tidemark.streams.publishing.PublishFailed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

final class ShipmentTest {
    private static final int COUNT = 3_000;

    private final LoadSettings settings = LoadEventsTest.settings(5, Skew.UNIFORM);
    private final LoadEvents events = new LoadEvents("acme", settings);
    private final Tally tally = new Tally();
    private final Oracle oracle = new Oracle();

    /** Takes what it is told to and fails the rest. */
    private static final class Fickle implements EventPublisher {
        final List<Object> written = new ArrayList<>();
        private final IntPredicate takes;
        private int calls;

        Fickle(IntPredicate takes) {
            this.takes = takes;
        }

        @Override
        public Published publish(EventKind kind, Map<String, ?> fields) {
            throw new IllegalStateException("a load does not wait for each");
        }

        @Override
        public void publish(EventKind kind, Map<String, ?> fields, Delivery delivery) {
            if (takes.test(calls++)) {
                written.add(String.valueOf(fields.get("id")));
                delivery.acknowledged();
            } else {
                delivery.failed(new PublishFailed("no", new IllegalStateException()));
            }
        }

        @Override
        public void flush() {}

        @Override
        public String position() {
            return "p";
        }

        @Override
        public void close() {}
    }

    private LoadRun run(EventPublisher to, Duration patience) {
        return new LoadRun(to, events, COUNT, Pacer.of(0), Optional.of(oracle), tally, patience);
    }

    @Test
    void sendsEachEventAndRepeatsTheirShare() {
        var kafka = new Fickle(call -> true);
        LoadRun.Ending ending = run(kafka, Duration.ofMinutes(1)).run(() -> true);
        assertThat(ending.whole()).isTrue();
        assertThat(new HashSet<>(kafka.written)).hasSize(COUNT);
        assertThat(tally.counts().duplicates()).isBetween(COUNT * 4L / 100, COUNT * 6L / 100);
        assertThat(kafka.written).hasSize((int) tally.counts().sent());
        assertThat(oracle.events()).isEqualTo(COUNT);
    }

    @Test
    void sendsAgainWhatFailed() {
        var kafka = new Fickle(call -> call % 3 != 2);
        LoadRun.Ending ending = run(kafka, Duration.ofMinutes(1)).run(() -> true);
        assertThat(ending.whole()).isTrue();
        assertThat(new HashSet<>(kafka.written)).hasSize(COUNT);
        assertThat(tally.counts().failed()).isPositive();
        assertThat(oracle.events()).isEqualTo(COUNT);
    }

    @Test
    void givesUpAfterItsPatienceAndExpectsOnlyWhatWasAcknowledged() {
        var kafka = new Fickle(call -> call < 1_000);
        LoadRun.Ending ending = run(kafka, Duration.ZERO).run(() -> true);
        assertThat(ending.whole()).isFalse();
        assertThat(ending.failure()).isPresent();
        assertThat(ending.unacknowledged()).isPositive();
        assertThat(oracle.events()).isEqualTo(new HashSet<>(kafka.written).size());
    }

    @Test
    void failsAtOnceWhereNothingIsTaken() {
        LoadRun run = run(new Fickle(call -> false), Duration.ofDays(1));
        assertThatThrownBy(() -> run.run(() -> true)).isInstanceOf(PublishFailed.class);
    }

    @Test
    void stopsWhenItIsNoLongerWanted() {
        var left = new AtomicInteger(500);
        var kafka = new Fickle(call -> true);
        LoadRun.Ending ending = run(kafka, Duration.ofMinutes(1)).run(() -> left.decrementAndGet() > 0);
        assertThat(ending.whole()).isFalse();
        assertThat(ending.unacknowledged()).isZero();
        assertThat(oracle.events()).isEqualTo(new HashSet<>(kafka.written).size());
    }
}
