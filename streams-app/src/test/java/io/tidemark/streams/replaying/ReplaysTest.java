package io.tidemark.streams.replaying;

import static io.tidemark.streams.fixtures.Events.request;
import static io.tidemark.streams.fixtures.Events.usage;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.streams.MeteringSettings.TimeRule;
import io.tidemark.streams.event.Claim;
import io.tidemark.streams.event.Coordinates;
import io.tidemark.streams.event.EventKind;
import io.tidemark.streams.event.Fault;
import io.tidemark.streams.event.Reason;
import io.tidemark.streams.event.Source;
import io.tidemark.streams.fixtures.Wire;
import io.tidemark.streams.intake.WriterSchemas;
import io.tidemark.streams.originals.Contents;
import io.tidemark.streams.originals.Original;
import io.tidemark.streams.publishing.EventIntake;
import io.tidemark.streams.publishing.EventRecords;
import io.tidemark.streams.rejections.Rejection;
import io.tidemark.streams.rejections.RejectionId;
import io.tidemark.streams.replaying.Attempt.Bad;
import io.tidemark.streams.replaying.Attempt.Cause;
import io.tidemark.streams.replaying.Attempt.Good;
import io.tidemark.streams.replaying.Attempt.Lost;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What would come of a rejected event, changed or not. */
@NullMarked
class ReplaysTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final Coordinates PLACE = new Coordinates(Source.USAGE, 3, 17);
    private static final RejectionId ID = new RejectionId(PLACE, NOW.toEpochMilli());

    private final Wire wire = new Wire();
    private final Set<String> tenants = new TreeSet<>(Set.of("acme"));
    private Original original = new Original.Gone(99);
    private WriterSchemas schemas = wire;

    @Test
    void isGoodAgainOnceItsMeterIsMended() throws Exception {
        lies(usage("e1", "ann", NOW, "1.5").setMeter("storage gb").build());
        assertThat(faults(attempt())).containsExactly(Reason.INVALID_METER);
        assertThat(faults(attempt(set("meter", "other gb", "x")))).containsExactly(Reason.INVALID_METER);
        Good good = good(attempt(set("meter", "storage gb", "storage_gb")));
        assertThat(good.event().kind()).isEqualTo(EventKind.USAGE);
        assertThat(new String(good.event().key(), java.nio.charset.StandardCharsets.UTF_8))
                .isEqualTo("acme/ann");
        assertThat(good.event().replays()).contains(ID.text());
    }

    @Test
    void saysAllThatIsStillWrong() throws Exception {
        lies(request("e1", "ann", NOW)
                .setInputTokens(-1)
                .setOutputTokens(2_000_000_000_000L)
                .build());
        assertThat(faults(attempt())).containsExactly(Reason.NEGATIVE_COUNT, Reason.TOO_LARGE);
        assertThat(faults(attempt(set("input_tokens", null, 0L)))).containsExactly(Reason.TOO_LARGE);
        assertThat(attempt(set("input_tokens", -1L, 1L), set("output_tokens", null, 2L)))
                .isInstanceOf(Good.class);
    }

    @Test
    void needsNoMappingWhereTheWorldWasAtFault() throws Exception {
        lies(usage("e1", "ann", NOW, "1").setTenantId("later").build());
        assertThat(faults(replays().attempt("later", rejection("later", "ann", "e1"), List.of())))
                .containsExactly(Reason.UNKNOWN_TENANT);
        tenants.add("later");
        assertThat(replays().attempt("later", rejection("later", "ann", "e1"), List.of()))
                .isInstanceOf(Good.class);
    }

    @Test
    void staysTheSameEvent() throws Exception {
        lies(usage("e1", "ann", NOW, "1").setMeter("no meter!").build());
        Change meter = set("meter", null, "m");
        for (Change other : List.of(
                set("id", "e1", "e2"),
                set("external_customer_id", null, "bob"),
                set("source", null, "crm"),
                set("tenant_id", null, "globex"))) {
            assertThat(faults(attempt(meter, other))).as(other.field()).containsExactly(Reason.CONFLICT);
        }
        // What it says already is no change.
        assertThat(attempt(meter, set("id", "e1", "e1"), set("tenant_id", null, "acme")))
                .isInstanceOf(Good.class);
    }

    @Test
    void mayGetTheNameThatItHadNot() throws Exception {
        lies(usage("", "ann\n", NOW, "1").build());
        assertThat(faults(attempt())).containsExactlyInAnyOrder(Reason.INVALID_ID, Reason.INVALID_CUSTOMER);
        assertThat(attempt(set("id", "", "e9"), set("external_customer_id", "ann\n", "ann")))
                .isInstanceOf(Good.class);
    }

    @Test
    void isNeverOfAnotherTenant() throws Exception {
        lies(usage("e1", "ann", NOW, "1").setTenantId("Not A Name").build());
        assertThat(faults(attempt())).containsExactly(Reason.INVALID_TENANT);
        tenants.add("globex");
        assertThat(faults(attempt(set("tenant_id", null, "globex")))).containsExactly(Reason.INVALID_TENANT);
        assertThat(attempt(set("tenant_id", null, "acme"))).isInstanceOf(Good.class);
    }

    @Test
    void ofAConflictNeedsAnotherId() throws Exception {
        lies(usage("e1", "ann", NOW, "2").build());
        var conflict = new Rejection(
                ID,
                new Claim("acme", "ann", "", "e1"),
                List.of(new Fault(Reason.CONFLICT, "counted")),
                0,
                Optional.of(new Coordinates(Source.USAGE, 3, 9)),
                Optional.empty());
        assertThat(faults(replays().attempt("acme", conflict, List.of()))).containsExactly(Reason.CONFLICT);
        assertThat(faults(replays().attempt("acme", conflict, List.of(set("id", "e7", "e8")))))
                .containsExactly(Reason.CONFLICT);
        assertThat(replays().attempt("acme", conflict, List.of(set("id", "e1", "e1-b"))))
                .isInstanceOf(Good.class);
    }

    @Test
    void comparesDecimalsByWhatTheyAre() throws Exception {
        lies(usage("e1", "ann", NOW, "2")
                .setMeter("m")
                .setCost(io.tidemark.streams.fixtures.Events.amount("1.50"))
                .build());
        assertThat(faults(attempt())).containsExactly(Reason.CURRENCY_MISSING);
        assertThat(attempt(set("cost", new BigDecimal("1.5"), BigDecimal.ZERO))).isInstanceOf(Good.class);
        assertThat(attempt(set("currency", null, "USD"))).isInstanceOf(Good.class);
    }

    @Test
    void isLostWhereNoEventCanBeMadeOfIt() throws Exception {
        assertThat(attempt()).isEqualTo(new Lost(Cause.GONE, "its topic does not have it any more"));
        lies(usage("e1", "ann", NOW, "1").build());
        // A topic that was made anew has another record there.
        var older = new RejectionId(PLACE, NOW.toEpochMilli() - 1);
        assertThat(cause(replays().attempt("acme", rejection(older), List.of())))
                .isEqualTo(Cause.GONE);
        schemas = id -> new WriterSchemas.Lookup.Unknown();
        assertThat(cause(attempt())).isEqualTo(Cause.UNREADABLE);
        schemas = id -> new WriterSchemas.Lookup.NotAvro("JSON");
        assertThat(cause(attempt())).isEqualTo(Cause.UNREADABLE);
        original = new Original.NotNow("Kafka is away");
        assertThat(attempt()).isEqualTo(new Lost(Cause.UNAVAILABLE, "Kafka is away"));
        found(new byte[] {1, 2, 3});
        assertThat(cause(attempt())).isEqualTo(Cause.UNREADABLE);
        found(new byte[0]);
        assertThat(cause(attempt())).isEqualTo(Cause.UNREADABLE);
    }

    private static Cause cause(Attempt attempt) {
        return ((Lost) attempt).cause();
    }

    private static List<Reason> faults(Attempt attempt) {
        return ((Bad) attempt).faults().stream().map(Fault::reason).toList();
    }

    private static Good good(Attempt attempt) {
        return (Good) attempt;
    }

    private static Change set(String field, @Nullable Object from, Object to) {
        return new Change(field, Optional.ofNullable(from), to);
    }

    private Attempt attempt(Change... changes) throws InterruptedException {
        return replays().attempt("acme", rejection(ID), List.of(changes));
    }

    private static Rejection rejection(RejectionId id) {
        return new Rejection(
                id,
                new Claim("acme", "ann", "", "e1"),
                List.of(new Fault(Reason.INVALID_METER, "bad", "meter")),
                0,
                Optional.empty(),
                Optional.empty());
    }

    private static Rejection rejection(String tenant, String customer, String event) {
        return new Rejection(
                ID,
                new Claim(tenant, customer, "", event),
                List.of(new Fault(Reason.UNKNOWN_TENANT, "bad", "tenant_id")),
                0,
                Optional.empty(),
                Optional.empty());
    }

    private void lies(SpecificRecord event) {
        found(wire.frame(event));
    }

    private void found(byte[] value) {
        original = new Original.Found("usage", 3, 17, NOW, new byte[0], value, List.of(), 0, value.length);
    }

    private Replays replays() {
        var records = new EventRecords(
                kind -> OptionalInt.of(kind == EventKind.REQUEST ? 1 : 2),
                TimeRule.DEFAULT,
                tenants::contains,
                Clock.fixed(NOW, ZoneOffset.UTC));
        var originals = new EventOriginals() {
            @Override
            public Original at(Coordinates place) {
                return place.equals(PLACE) ? original : new Original.NotThere();
            }

            @Override
            public Contents contents(Original.Found found) {
                return new Contents.Unreadable("nobody asks");
            }
        };
        return new Replays(originals, schemas, new EventIntake() {
            @Override
            public Prepared prepare(EventKind kind, Map<String, ?> fields) {
                return records.prepare(kind, fields);
            }

            @Override
            public Taken take(List<Ready> events, Optional<Duration> untilTold) {
                throw new IllegalStateException("nothing is written");
            }
        });
    }
}
