package io.tidemark.dev.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.dev.chaos.Call.Kind;
import io.tidemark.dev.chaos.Call.Said;
import io.tidemark.events.RequestEvent;
import io.tidemark.events.UsageEvent;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.apache.avro.specific.SpecificRecordBase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each rule is seen to fail on a history that was made up to break it, and on no other. */
class HistoryCheckTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final String TENANT = "acme";
    private static final String CUSTOMER = "customer_1";
    private static final String OTHER = "customer_2";

    private final List<Made> sent = new ArrayList<>();
    private int ids;

    @BeforeEach
    void sendSome() {
        for (int i = 0; i < 3; i++) {
            request(CUSTOMER, i, i);
        }
        usage(CUSTOMER, 3, 0);
        request(OTHER, 4, 0);
    }

    /** Begun at that second, appended half a second later. */
    private void request(String customer, int second, long offset) {
        enter(
                customer,
                RequestEvent.newBuilder()
                        .setId("e" + ids++)
                        .setTenantId(TENANT)
                        .setExternalCustomerId(customer)
                        .setOccurredAt(NOON)
                        .build(),
                second,
                1,
                offset);
    }

    private void usage(String customer, int second, long offset) {
        enter(
                customer,
                UsageEvent.newBuilder()
                        .setId("e" + ids++)
                        .setTenantId(TENANT)
                        .setExternalCustomerId(customer)
                        .setOccurredAt(NOON)
                        .setMeter("m")
                        .setQuantity(BigDecimal.ONE.setScale(9))
                        .build(),
                second,
                2,
                offset);
    }

    private void enter(String customer, SpecificRecordBase event, int second, int topic, long offset) {
        var made = new Made(TENANT, customer, event, Made.Way.KAFKA, true);
        long begun = NOON.plusSeconds(second).toEpochMilli();
        made.begin(begun);
        made.acknowledge(new Made.Append(topic, partition(customer), offset, begun + 500));
        sent.add(made);
    }

    private static int partition(String customer) {
        return new Ledger(List.of(), Cluster.PARTITIONS).partition(TENANT, customer);
    }

    private List<String> faults(Call... calls) {
        return new HistoryCheck(new Ledger(sent, Cluster.PARTITIONS)).faults(List.of(calls));
    }

    private static String position(int topic, int partition, int offset) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(new byte[] {1, (byte) topic, (byte) (2 * partition), (byte) (2 * offset)});
    }

    /** Asked at that second, answered at once. */
    private static Call ofCustomer(int second, Said said) {
        return ofCustomer(second, "", said);
    }

    private static Call ofCustomer(int second, String after, Said said) {
        return call(Kind.CUSTOMER, CUSTOMER, after, second, 200, "", said);
    }

    private static Call ofAll(int second, Said said) {
        return call(Kind.BY_CUSTOMER, "", "", second, 200, "", said);
    }

    private static Call call(Kind kind, String customer, String after, int second, int status, String body, Said said) {
        Instant at = NOON.plusSeconds(second);
        return new Call(kind, 1, 0, 0, TENANT, customer, after, at, at, status, body, said);
    }

    private static Said said(int asOf, List<Integer> missing, long requests, long events) {
        return new Said(NOON.plusSeconds(asOf), missing.isEmpty(), missing, position(3, 0, 0), requests, events);
    }

    @Test
    void findsNothingWrongWithWhatIsTrue() {
        Instant last = NOON.plusSeconds(5);
        assertThat(faults(
                        ofCustomer(10, said(9, List.of(), 3, 4)),
                        ofCustomer(2, said(2, List.of(), 2, 2)),
                        ofAll(10, said(9, List.of(), 4, 4)),
                        ofAll(10, said(9, List.of(partition(CUSTOMER)), 1, 1)),
                        call(Kind.CUSTOMER, CUSTOMER, "", 10, 503, "moving", Said.NOTHING),
                        call(Kind.CUSTOMER, CUSTOMER, "", 10, 0, "refused", Said.NOTHING),
                        call(Kind.WRITE, CUSTOMER, "", 10, 202, "counted e0", Said.NOTHING),
                        call(Kind.WRITE, CUSTOMER, "", 10, 202, " e1", Said.NOTHING)))
                .as("until " + last)
                .isEmpty();
    }

    @Test
    void findsAnAnswerThatNobodyMayGive() {
        assertThat(faults(call(Kind.CUSTOMER, CUSTOMER, "", 10, 404, "unknown", Said.NOTHING)))
                .singleElement()
                .asString()
                .contains("come again");
    }

    @Test
    void findsAnAnswerThatIsNotAsCompleteAsItSays() {
        var claims = new Said(NOON, true, List.of(3), position(3, 0, 0), 0, 0);
        var hides = new Said(NOON, false, List.of(), position(3, 0, 0), 0, 0);
        var twice = new Said(NOON, false, List.of(3, 3), position(3, 0, 0), 0, 0);
        for (Said said : List.of(claims, hides, twice)) {
            assertThat(faults(ofAll(10, said))).singleElement().asString().contains("complete exactly");
        }
    }

    @Test
    void findsAPartitionThatWasLeftOut() {
        assertThat(faults(ofAll(10, said(9, List.of(), 1, 1))))
                .singleElement()
                .asString()
                .contains("not older");
    }

    @Test
    void findsAPartitionThatWasAskedTwice() {
        assertThat(faults(ofAll(10, said(9, List.of(), 5, 5))))
                .singleElement()
                .asString()
                .contains("never more");
    }

    @Test
    void findsOneEventTooMuchOfACustomer() {
        assertThat(faults(ofCustomer(10, said(9, List.of(), 3, 5)))).hasSize(1);
        assertThat(faults(ofCustomer(2, said(1, List.of(), 4, 4)))).hasSize(1);
    }

    @Test
    void findsAnAnswerOlderThanItSays() {
        assertThat(faults(ofCustomer(10, said(9, List.of(), 3, 3))))
                .singleElement()
                .asString()
                .contains("not older");
    }

    @Test
    void findsAnAnswerOfTheFuture() {
        assertThat(faults(ofCustomer(10, said(11, List.of(), 3, 4))))
                .singleElement()
                .asString()
                .contains("future");
    }

    @Test
    void findsAnAnswerThatDoesNotHoldItsPosition() {
        var said = new Said(NOON, true, List.of(), position(1, partition(CUSTOMER), 2), 2, 3);
        assertThat(faults(ofCustomer(10, said))).singleElement().asString().contains("its position");
    }

    @Test
    void findsAWriteThatIsNotRead() {
        String written = position(1, partition(CUSTOMER), 2);
        var said = new Said(NOON, true, List.of(), written, 3, 3);
        assertThat(faults(ofCustomer(10, written, said))).isEmpty();
        assertThat(faults(ofCustomer(10, written, said(0, List.of(), 2, 3))))
                .hasSize(2)
                .anySatisfy(fault -> assertThat(fault).contains("was written before"))
                .anySatisfy(fault -> assertThat(fault).contains("contains the one"));
    }

    @Test
    void findsAnAcceptedEventThatWasRefusedOrCountedTwice() {
        assertThat(faults(call(Kind.WRITE, CUSTOMER, "", 10, 202, "rejected e0", Said.NOTHING)))
                .singleElement()
                .asString()
                .contains("accepted");
        assertThat(faults(
                        call(Kind.WRITE, CUSTOMER, "", 10, 202, "counted e0", Said.NOTHING),
                        call(Kind.WRITE, CUSTOMER, "", 11, 202, "counted e0", Said.NOTHING)))
                .singleElement()
                .asString()
                .contains("twice");
    }

    @Test
    void readsPositionsAsTheyAreWritten() {
        assertThat(Places.parse(position(2, 11, 37)).of(2, 11)).isEqualTo(37);
        assertThat(Places.parse(position(2, 11, 37)).of(1, 11)).isEqualTo(-1);
    }
}
