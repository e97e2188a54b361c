package io.tidemark.streams.placing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.schemas.EventKey;
import io.tidemark.schemas.Headers;
import io.tidemark.streams.event.Amounts;
import io.tidemark.streams.event.Claim;
import io.tidemark.streams.event.Event;
import io.tidemark.streams.event.EventKind;
import io.tidemark.streams.event.Fate;
import io.tidemark.streams.event.Fault;
import io.tidemark.streams.event.Origin;
import io.tidemark.streams.event.Outcome;
import io.tidemark.streams.event.Progress;
import io.tidemark.streams.event.Reason;
import io.tidemark.streams.event.Received;
import io.tidemark.streams.event.Source;
import io.tidemark.streams.fixtures.Step;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NullMarked
class PlaceTest {
    private static final int PARTITIONS = 12;
    private static final long AT = 1_790_000_000_000L;

    @TempDir
    private Path directory;

    @Test
    void sendsOnWhatBelongsElsewhereAndOnlyThat() {
        for (int i = 0; i < 200; i++) {
            String customer = "c" + i;
            int home = new EventKey("acme", customer).partition(PARTITIONS);
            int here = i % PARTITIONS;
            Outcome.Accepted accepted = accepted(customer, here);

            var place = place(here).process(new Record<>(null, accepted, AT));

            assertThat(place.forwarded("rekey")).hasSize(here == home ? 0 : 1);
            Outcome onward = (Outcome) place.forwarded("onward").get(0).value();
            assertThat(onward.fate()).isEqualTo(here == home ? Fate.COUNTED : Fate.REKEYED);
            assertThat(onward.received()).isEqualTo(accepted.received());
        }
    }

    @Test
    void sendsTheBytesAsTheyCameUnderTheCustomersKeyWithTheirOrigin() {
        int elsewhere = (new EventKey("acme", "c1").partition(PARTITIONS) + 1) % PARTITIONS;
        var place = place(elsewhere).process(new Record<>(null, accepted("c1", elsewhere), AT + 9));

        Record<?, ?> sent = place.forwarded("rekey").get(0);
        assertThat((byte[]) sent.key()).isEqualTo("acme/c1".getBytes(StandardCharsets.UTF_8));
        assertThat((byte[]) sent.value()).isEqualTo(new byte[] {4, 2});
        assertThat(sent.timestamp()).isEqualTo(AT + 9);
        assertThat(header(sent, Headers.TOPIC)).isEqualTo("usage");
        assertThat(header(sent, Headers.PARTITION)).isEqualTo(Integer.toString(elsewhere));
        assertThat(header(sent, Headers.OFFSET)).isEqualTo("7");
        assertThat(header(sent, Headers.APPENDED_AT)).isEqualTo(Long.toString(AT));
    }

    @Test
    void sendsOnWhatCannotBeReadHereByItsOwnKey() {
        byte[] key = new EventKey("acme", "c1").bytes();
        var received = new Received(
                7, Progress.none(Source.USAGE, 0), new Origin(Source.USAGE, 0, 7, AT), key, new byte[] {4, 2}, false);
        var place = place(0).process(new Record<>(null, new Outcome.Rekeyed(received), AT));
        assertThat(place.forwarded("rekey"))
                .singleElement()
                .satisfies(sent -> assertThat((byte[]) sent.key()).isEqualTo(key));
        assertThat(((Outcome) place.forwarded("onward").get(0).value()).fate()).isEqualTo(Fate.REKEYED);
    }

    @Test
    void sendsOnWhatIsNotCountableToTheCustomerItSaysItIsOf() {
        for (int i = 0; i < 50; i++) {
            String customer = "c" + i;
            int home = new EventKey("acme", customer).partition(PARTITIONS);
            int here = i % PARTITIONS;
            var rejected = new Outcome.Rejected(
                    accepted(customer, here).received(),
                    List.of(new Fault(Reason.INVALID_METER, "bad")),
                    new Claim("acme", customer, "", ""));

            var place = place(here).process(new Record<>(null, rejected, AT));

            assertThat(place.forwarded("rekey")).hasSize(here == home ? 0 : 1);
            Outcome onward = (Outcome) place.forwarded("onward").get(0).value();
            assertThat(onward.fate()).isEqualTo(here == home ? Fate.REJECTED : Fate.REKEYED);
            place.forwarded("rekey")
                    .forEach(sent -> assertThat((byte[]) sent.key()).isEqualTo(new EventKey("acme", customer).bytes()));
        }
    }

    @Test
    void takesTheHeadersAlongThatMeanSomething() {
        int elsewhere = (new EventKey("acme", "c1").partition(PARTITIONS) + 1) % PARTITIONS;
        var headers = new RecordHeaders();
        headers.add(Headers.TELL, new byte[16])
                .add(Headers.REPLAYS, new byte[] {1})
                .add("other", new byte[] {2});
        var place = place(elsewhere).process(new Record<>(null, accepted("c1", elsewhere), AT, headers));
        Record<?, ?> sent = place.forwarded("rekey").get(0);
        assertThat(sent.headers().lastHeader(Headers.TELL).value()).hasSize(16);
        assertThat(sent.headers().lastHeader(Headers.REPLAYS).value()).hasSize(1);
        assertThat(sent.headers().lastHeader("other")).isNull();
    }

    @Test
    void letsPassWhatIsNotCountable() {
        Received received = accepted("c1", 0).received();
        for (Outcome outcome : List.of(
                new Outcome.Rejected(received, List.of(new Fault(Reason.NULL_VALUE, ""))),
                new Outcome.Parked(received))) {
            var place = place(0).process(new Record<>(null, outcome, AT));
            assertThat(place.forwarded("rekey")).isEmpty();
            assertThat(place.forwarded("onward").get(0).value()).isEqualTo(outcome);
        }
    }

    @Test
    void placesRekeyedEventsWhereTheirCustomerIs() {
        for (int i = 0; i < 200; i++) {
            var key = new EventKey("acme", "c\u00e9" + i);
            assertThat(Place.partitioner().partitions("rekey", key.bytes(), null, PARTITIONS))
                    .contains(java.util.Set.of(key.partition(PARTITIONS)));
        }
    }

    private Step<Void, Outcome, Object, Object> place(int partition) {
        return new Step<>(new Place(Step.TOPICS, PARTITIONS, "onward", "rekey"), partition, directory);
    }

    private static Outcome.Accepted accepted(String customer, int partition) {
        var received = new Received(
                7,
                Progress.none(Source.USAGE, partition),
                new Origin(Source.USAGE, partition, 7, AT),
                null,
                new byte[] {4, 2},
                false);
        var event = new Event(
                EventKind.USAGE, "acme", customer, "", "id", AT * 1_000, "m", "", Amounts.of(EventKind.USAGE), 0);
        return new Outcome.Accepted(received, event);
    }

    private static String header(Record<?, ?> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
