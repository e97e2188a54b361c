package io.tidemark.streams.rejections;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.schemas.Headers;
import io.tidemark.streams.event.Amounts;
import io.tidemark.streams.event.Coordinates;
import io.tidemark.streams.event.Event;
import io.tidemark.streams.event.EventKind;
import io.tidemark.streams.event.Fault;
import io.tidemark.streams.event.Origin;
import io.tidemark.streams.event.Outcome;
import io.tidemark.streams.event.Progress;
import io.tidemark.streams.event.Reason;
import io.tidemark.streams.event.Received;
import io.tidemark.streams.event.Source;
import io.tidemark.streams.fixtures.Shelf;
import io.tidemark.streams.fixtures.Step;
import io.tidemark.streams.hot.HotStore;
import io.tidemark.streams.hot.OpenStores;
import io.tidemark.streams.reading.AsOf;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NullMarked
class RefuseTest {
    private static final long AT = 1_790_000_000_000L;
    private static final Fault FAULT = new Fault(Reason.INVALID_ID, "id is bad");

    @TempDir
    private Path directory;

    private final RejectionCounts counts = new RejectionCounts();
    private Shelf shelf;

    @BeforeEach
    void open() {
        shelf = new Shelf(directory.resolve("shelf"), HotStore.builder(new OpenStores(partition -> {})));
    }

    @AfterEach
    void close() {
        shelf.close();
    }

    @Test
    void keepsKeyAndValueAsTheyCameUpTo256KiB() {
        for (int size : List.of(0, 1, Refuse.KEPT_WHOLE - 1, Refuse.KEPT_WHOLE)) {
            byte[] value = bytes(size);
            Record<?, ?> refused = refuse(received(bytes(16), value), List.of(FAULT));
            assertThat((byte[]) refused.value()).isEqualTo(value);
            assertThat((byte[]) refused.key()).isEqualTo(bytes(16));
            assertThat(header(refused, Headers.TRUNCATED)).isNull();
        }
    }

    @Test
    void keepsTheBeginningOfWhatIsLargerAndSaysHowLargeItWas() {
        byte[] value = bytes(Refuse.KEPT_WHOLE + 1);
        Record<?, ?> refused = refuse(received(bytes(Refuse.KEPT_BEGINNING + 1), value), List.of(FAULT));
        assertThat((byte[]) refused.value()).isEqualTo(Arrays.copyOf(value, Refuse.KEPT_BEGINNING));
        assertThat((byte[]) refused.key()).isEqualTo(bytes(Refuse.KEPT_BEGINNING));
        assertThat(header(refused, Headers.TRUNCATED)).isEqualTo(Integer.toString(Refuse.KEPT_WHOLE + 1));
    }

    @Test
    void keepsNoKeyAndNoValueWhereThereWereNone() {
        Record<?, ?> refused = refuse(received(null, null), List.of(new Fault(Reason.NULL_VALUE, "none")));
        assertThat(refused.key()).isNull();
        assertThat(refused.value()).isNull();
    }

    @Test
    void saysWhereItWasAndAllThatIsWrong() {
        Record<?, ?> refused = refuse(received(null, bytes(3)), List.of(FAULT, new Fault(Reason.TOO_OLD, "long ago")));
        assertThat(header(refused, Headers.TOPIC)).isEqualTo("usage");
        assertThat(header(refused, Headers.PARTITION)).isEqualTo("4");
        assertThat(header(refused, Headers.OFFSET)).isEqualTo("12");
        assertThat(header(refused, Headers.APPENDED_AT)).isEqualTo(Long.toString(AT));
        assertThat(header(refused, Headers.REASON)).isEqualTo("invalid_id");
        assertThat(header(refused, Headers.FAULTS)).isEqualTo("invalid_id: id is bad\ntoo_old: long ago");
        assertThat(counts.of(Reason.INVALID_ID).sum()).isEqualTo(1);
        assertThat(counts.of(Reason.TOO_OLD).sum()).isZero();
    }

    @Test
    void letsNoControlCharacterIntoItsHeaders() {
        Record<?, ?> refused =
                refuse(received(null, bytes(3)), List.of(new Fault(Reason.INVALID_ID, "a\nb\u0000c\r\u007f")));
        assertThat(header(refused, Headers.FAULTS)).isEqualTo("invalid_id: a?b?c??");
    }

    @Test
    void boundsHowMuchItSays() {
        Fault endless = new Fault(Reason.INVALID_ID, "x".repeat(100_000));
        Record<?, ?> refused = refuse(received(null, bytes(3)), Collections.nCopies(10_000, endless));
        String faults = header(refused, Headers.FAULTS);
        assertThat(faults).isNotNull().hasSizeLessThan(33_000);
    }

    @Test
    void givesACopyOfAConflictWithWhereTheFirstOneLies() {
        Received received = received(bytes(2), bytes(3));
        var event = new Event(EventKind.USAGE, "acme", "c", "", "id", 0, "m", "", Amounts.of(EventKind.USAGE), 0);
        var first = new Coordinates(Source.REQUESTS, 4, 99);

        var refuse = step();
        refuse.process(record(new Outcome.Repeated(received, event, first, true)));
        assertThat(refuse.forwarded()).isEmpty();
        refuse.process(record(new Outcome.Repeated(received, event, first, false)));

        Record<?, ?> refused = refuse.forwarded().get(0);
        assertThat(header(refused, Headers.REASON)).isEqualTo("conflict");
        assertThat(header(refused, Headers.FIRST_SEEN)).isEqualTo("requests-4@99");
    }

    @Test
    void isSilentAboutEverythingElse() {
        Received received = received(null, null);
        var refuse = step();
        refuse.process(record(new Outcome.Parked(received)));
        refuse.process(record(new Outcome.Rekeyed(received)));
        assertThat(refuse.forwarded()).isEmpty();
    }

    private Record<?, ?> refuse(Received received, List<Fault> faults) {
        var refuse = step();
        refuse.process(record(new Outcome.Rejected(received, faults)));
        return refuse.forwarded().get(0);
    }

    private Step<Void, Outcome, byte[], byte[]> step() {
        var refuse = new Refuse(Step.TOPICS, counts, Duration.ofDays(35), new AsOf());
        return new Step<>(refuse, 4, directory, shelf.keyValue());
    }

    private static Record<Void, Outcome> record(Outcome outcome) {
        return new Record<>(null, outcome, AT);
    }

    private static Received received(byte @Nullable [] key, byte @Nullable [] value) {
        return new Received(12, Progress.none(Source.USAGE, 4), new Origin(Source.USAGE, 4, 12, AT), key, value, false);
    }

    private static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) i;
        }
        return bytes;
    }

    private static @Nullable String header(Record<?, ?> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? null : new String(header.value(), UTF_8);
    }
}
