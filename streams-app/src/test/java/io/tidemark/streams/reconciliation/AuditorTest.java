package io.tidemark.streams.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidemark.streams.fixtures.Events;
import io.tidemark.streams.fixtures.Machine;
import io.tidemark.streams.hot.HotStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.BitSet;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Faults are put into the real store, behind the back of those who write there. */
@NullMarked
class AuditorTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    /** Layout, number of amounts, 31 days. */
    private static final int BITMAP_OF_MONTH = 2;

    private static final int GRANULARITY = 1 + "acme".length() + 1;

    @TempDir
    private Path directory;

    private Machine machine;
    private Auditor auditor;
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

    @BeforeEach
    void count() {
        machine = new Machine(directory, NOW);
        auditor = machine.auditor(Clock.fixed(NOW, ZoneOffset.UTC));
        auditor.bindTo(metrics);
        for (int i = 0; i < 10; i++) {
            Instant hoursAgo = NOW.minusSeconds(3_600L * i);
            machine.append(Events.request("r" + i % 8, "c" + i % 2, NOW).build(), NOW);
            machine.append(Events.usage("u" + i, "c" + i % 3, hoursAgo, "1").build(), hoursAgo);
        }
        machine.append(true, new byte[] {1}, new byte[] {1}, NOW);
        machine.pass(Duration.ofSeconds(1));
    }

    @AfterEach
    void close() {
        auditor.close();
        machine.close();
    }

    @Test
    void findsNothingWhereNothingIsWrong() {
        for (int i = 0; i < 5; i++) {
            auditor.check();
        }
        assertThat(auditor.fault()).isEmpty();
        assertThat(imbalances("once")).isZero();
        assertThat(machine.reconciled().balances()).isTrue();
    }

    @Test
    void findsAnHourWhoseFatesAreNotWhatWasRead() {
        Bytes key = entries(HotStore.TALLY).lastKey();
        byte[] right = machine.hot().get(key);
        // The last fate: parked, of which there are none.
        put(key, oneMore(right, right.length - 1));
        assertThat(machine.reconciled().imbalances())
                .anySatisfy(one -> assertThat(one.hour()).contains(NOW))
                .anySatisfy(one -> assertThat(one.what()).startsWith("parked is not the sum"));
        assertStaysAndGoes(
                "hour of 2026-11-20T12:00:00Z: what was read in the hour is not what came of it", key, right);
    }

    @Test
    void findsAnHourThatIsMissing() {
        Bytes key = entries(HotStore.TALLY).firstKey();
        byte[] right = machine.hot().get(key);
        machine.hot().delete(key);
        machine.flush();
        assertStaysAndGoes("of tidemark.usage: read is not the sum of its hours (11 and 10)", key, right);
    }

    /** Where the count of the first day that is there stands: behind two bytes for each day, where any was of a single minute. */
    private static int countOfMonth(byte[] page) {
        int days = BITMAP_OF_MONTH + Integer.BYTES;
        var there = BitSet.valueOf(Arrays.copyOfRange(page, BITMAP_OF_MONTH, days));
        return page[0] == 1 ? days : days + 2 * there.cardinality();
    }

    @Test
    void findsAPageWithACountTooMany() {
        Bytes key = aMonth();
        byte[] right = machine.hot().get(key);
        put(key, oneMore(right, countOfMonth(right)));
        assertStaysAndGoes("what was counted is not what month pages hold (18 and 19)", key, right);
    }

    @Test
    void findsAPageThatIsGone() {
        Bytes key = aMonth();
        byte[] right = machine.hot().get(key);
        machine.hot().delete(key);
        machine.flush();
        assertStaysAndGoes("what was counted is not what month pages hold (18 and ", key, right);
    }

    @Test
    void doesNotTellOfPagesWhileItIsNotKnownThatNothingIsUnderWay() {
        Auditor later = machine.auditor(Clock.fixed(NOW.plusSeconds(60), ZoneOffset.UTC));
        Bytes key = aMonth();
        byte[] right = machine.hot().get(key);
        put(key, oneMore(right, countOfMonth(right)));
        for (int i = 0; i < 3; i++) {
            later.check();
        }
        assertThat(later.fault()).isEmpty();
        later.close();
    }

    /** @param said part of the reason */
    private void assertStaysAndGoes(String said, Bytes key, byte[] right) {
        auditor.check();
        auditor.check();
        assertThat(auditor.fault()).as("it may pass").isEmpty();
        assertThat(imbalances("once")).isPositive();
        assertThat(imbalances("staying")).isZero();
        auditor.check();
        assertThat(auditor.fault())
                .hasValueSatisfying(reason -> assertThat(reason).contains(said).contains("docs/operations.md"));
        assertThat(imbalances("staying")).isPositive();
        assertThat(imbalances("once")).as("each is told once").isZero();
        put(key, right);
        auditor.check();
        assertThat(auditor.fault()).as("gone").isEmpty();
        assertThat(imbalances("once")).isZero();
    }

    private int imbalances(String seen) {
        return (int) metrics.get("tidemark.reconciliation.imbalances")
                .tag("seen", seen)
                .gauge()
                .value();
    }

    /** Numbers are stored doubled; those of the test are small. */
    private static byte[] oneMore(byte[] value, int at) {
        byte[] wrong = value.clone();
        wrong[at] = (byte) (wrong[at] + 2);
        return wrong;
    }

    private void put(Bytes key, byte[] value) {
        machine.hot().put(key, value);
        machine.flush();
    }

    private Bytes aMonth() {
        return entries(HotStore.PAGE).keySet().stream()
                .filter(key -> key.get()[GRANULARITY] == 1)
                .findFirst()
                .orElseThrow();
    }

    private SortedMap<Bytes, byte[]> entries(byte room) {
        var entries = new TreeMap<Bytes, byte[]>();
        try (var all = machine.hot().range(Bytes.wrap(new byte[] {room}), Bytes.wrap(new byte[] {(byte) (room + 1)}))) {
            all.forEachRemaining(entry -> entries.put(entry.key, entry.value));
        }
        return entries;
    }
}
