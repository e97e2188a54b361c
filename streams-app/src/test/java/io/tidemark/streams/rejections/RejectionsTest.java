package io.tidemark.streams.rejections;

import static io.tidemark.streams.fixtures.Events.TENANT;
import static io.tidemark.streams.fixtures.Events.request;
import static io.tidemark.streams.fixtures.Events.usage;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.schemas.EventKey;
import io.tidemark.schemas.Headers;
import io.tidemark.streams.directory.Command;
import io.tidemark.streams.event.Claim;
import io.tidemark.streams.event.Coordinates;
import io.tidemark.streams.event.Reason;
import io.tidemark.streams.event.Source;
import io.tidemark.streams.fixtures.Machine;
import io.tidemark.streams.rejections.RejectionsAsked.State;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be asked of rejections, out of the real topology. */
@NullMarked
class RejectionsTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    @TempDir
    private Path directory;

    private Machine machine;
    private Instant at = NOW;
    private CountedEvents counted = (partition, claim) -> Optional.empty();

    @BeforeEach
    void start() {
        machine = new Machine(directory, NOW);
    }

    @AfterEach
    void stop() {
        machine.close();
    }

    @Test
    void areListedNewestFirstWithAllThatIsKnownOfThem() {
        append(bad("u1", "ann").setSource("crm").build());
        append(request("r1", "bob", NOW).setInputTokens(-1).build());
        append(usage("good", "ann", NOW, "1").build());

        List<Rejection> found = all(asked());

        assertThat(found).extracting(one -> one.claim().id()).containsExactly("r1", "u1");
        Rejection first = found.get(1);
        assertThat(first.claim()).isEqualTo(new Claim(TENANT, "ann", "crm", "u1"));
        assertThat(first.id().at()).isEqualTo(new Coordinates(Source.USAGE, 0, 0));
        assertThat(first.id().appendedAt()).isEqualTo(NOW.plusSeconds(1).toEpochMilli());
        assertThat(first.faults()).singleElement().satisfies(fault -> {
            assertThat(fault.reason()).isEqualTo(Reason.INVALID_METER);
            assertThat(fault.field()).isEqualTo("meter");
        });
        assertThat(first.resolution()).isEmpty();
        assertThat(RejectionId.parse(first.id().text())).contains(first.id());
    }

    @Test
    void areFoundByReasonCustomerEventAndTime() {
        for (int i = 0; i < 9; i++) {
            append(
                    i % 2 == 0
                            ? bad("e" + i, "c" + i % 3).build()
                            : request("e" + i, "c" + i % 3, NOW)
                                    .setOutputTokens(-i)
                                    .build());
        }
        assertThat(ids(with(Set.of(Reason.NEGATIVE_COUNT), null, null))).containsExactly("e7", "e5", "e3", "e1");
        assertThat(ids(with(Set.of(Reason.NEGATIVE_COUNT, Reason.INVALID_METER), "c1", null)))
                .containsExactly("e7", "e4", "e1");
        assertThat(ids(with(Set.of(), null, "e4"))).containsExactly("e4");
        assertThat(ids(with(Set.of(Reason.TOO_OLD), null, null))).isEmpty();
        long third = NOW.plusSeconds(3).toEpochMilli();
        assertThat(ids(between(third, third + 1))).containsExactly("e2");
        assertThat(ids(between(third - 2_000, third))).containsExactly("e1", "e0");
        assertThat(ids(between(-5, 0))).isEmpty();
    }

    @Test
    void comePageByPageWhileMoreArrive() {
        for (int i = 0; i < 25; i++) {
            append(bad("e" + i, "c").build());
        }
        var seen = new ArrayList<String>();
        RejectionsAsked asked = limited(10);
        RejectionsFound page = read(asked);
        while (true) {
            page.of(State.ALL).forEach(one -> seen.add(one.claim().id()));
            append(bad("new" + seen.size(), "c").build());
            if (page.lookedUpTo().isEmpty()) {
                break;
            }
            page = read(asked.behind(page.lookedUpTo().get()));
        }
        assertThat(seen)
                .hasSize(25)
                .doesNotHaveDuplicates()
                .startsWith("e24", "e23")
                .endsWith("e0");
    }

    @Test
    void ofNobodyAreKeptApart() {
        append(new byte[] {1}, null);
        append(new byte[] {2}, "no-slash".getBytes(UTF_8));
        append(new byte[] {3}, "Not A Tenant/c".getBytes(UTF_8));
        append(new byte[] {4}, "acme/c".getBytes(UTF_8));
        assertThat(all(of("")))
                .hasSize(3)
                .allSatisfy(one -> assertThat(one.claim().tenant()).isEmpty());
        assertThat(all(asked()))
                .singleElement()
                .satisfies(one -> assertThat(one.claim()).isEqualTo(new Claim(TENANT, "c", "", "")));
        assertThat(all(of("acm"))).isEmpty();
        assertThat(all(of("acme-b"))).isEmpty();
    }

    @Test
    void ofAPayloadThatEndsTooSoonAreItsEventsWhereItsKeyAgrees() {
        byte[] whole = machine.wire.frame(bad("u1", "ann").build());
        byte[] half = Arrays.copyOf(whole, whole.length - 4);
        append(half, new EventKey(TENANT, "ann").bytes());
        append(half, new EventKey("globex", "ann").bytes());
        append(half, null);
        assertThat(all(asked()))
                .singleElement()
                .satisfies(one -> assertThat(one.claim()).isEqualTo(new Claim(TENANT, "ann", "", "u1")));
        assertThat(all(of("globex")))
                .singleElement()
                .satisfies(one -> assertThat(one.claim()).isEqualTo(new Claim("globex", "ann", "", "")));
        assertThat(all(of(""))).hasSize(1);
    }

    @Test
    void areConflictsTooAndSayOfWhich() {
        append(usage("e", "ann", NOW, "1").build());
        append(usage("e", "ann", NOW, "1").build());
        append(usage("e", "ann", NOW, "2").build());
        assertThat(all(asked())).singleElement().satisfies(one -> {
            assertThat(one.faults().get(0).reason()).isEqualTo(Reason.CONFLICT);
            assertThat(one.first()).contains(new Coordinates(Source.USAGE, 0, 0));
            assertThat(one.id().at().offset()).isEqualTo(2);
        });
    }

    @Test
    void areFoundByTheIdentityOfTheirEvent() {
        for (int i = 0; i < 20; i++) {
            append(bad("again", "ann").build());
        }
        append(bad("again", "bob").build());
        append(bad("again", "ann").setSource("crm").build());
        append(request("", "ann", NOW).build());
        List<Rejection> found = ofEvent("ann", "", "again");
        assertThat(found).hasSize(Attempts.MOST);
        assertThat(found.get(0).id().at().offset()).isEqualTo(19);
        assertThat(found).isSortedAccordingTo((one, other) -> one.id().compareTo(other.id()));
        assertThat(ofEvent("ann", "crm", "again")).hasSize(1);
        assertThat(ofEvent("ann", "crm", "never")).isEmpty();
    }

    @Test
    void areResolvedWhenAnEventThatReplaysThemIsCounted() {
        append(bad("e1", "ann").build());
        append(bad("e2", "ann").build());
        Rejection e1 = all(asked()).get(1);
        // Still bad: nothing is resolved by that.
        replay(bad("e1", "ann").build(), e1.id());
        assertThat(ids(in(State.RESOLVED))).isEmpty();
        replay(usage("e1", "ann", NOW, "1").build(), e1.id());

        assertThat(ids(in(State.RESOLVED))).containsExactly("e1");
        assertThat(ids(in(State.OPEN))).containsExactly("e1", "e2");
        assertThat(one(e1.id()).flatMap(Rejection::resolution))
                .contains(new Resolution(new Coordinates(Source.USAGE, 0, 3)));
        assertThat(ofEvent("ann", "", "e1").get(1).resolution()).isPresent();
        // Once more: a duplicate, and the first resolution stays.
        replay(usage("e1", "ann", NOW, "1").build(), e1.id());
        assertThat(one(e1.id())
                        .flatMap(Rejection::resolution)
                        .map(Resolution::by)
                        .map(Coordinates::offset))
                .contains(3L);
    }

    @Test
    void areNotResolvedByAnotherTenantNorByWhatIsNoId() {
        append(bad("e1", "ann").build());
        RejectionId id = all(asked()).get(0).id();
        replay(usage("e1", "ann", NOW, "1").setTenantId("globex").build(), id);
        replay(usage("e2", "ann", NOW, "1").build(), "nothing");
        replay(usage("e3", "ann", NOW, "1").build(), "usage-99999999999-1-1");
        assertThat(ids(in(State.OPEN))).containsExactly("e1");
    }

    @Test
    void areResolvedByTheirOwnEventOnceItIsCountedButNotConflicts() {
        append(bad("e1", "ann").build());
        append(bad("e2", "ann").build());
        append(usage("e1", "ann", NOW, "1").build());
        append(usage("e1", "ann", NOW, "2").build());
        var first = new Coordinates(Source.USAGE, 0, 2);
        counted = (partition, claim) -> claim.id().equals("e1") ? Optional.of(first) : Optional.empty();
        assertThat(ids(in(State.OPEN))).containsExactly("e1", "e2");
        Rejection resolved = all(in(State.RESOLVED)).get(0);
        assertThat(resolved.resolution()).contains(new Resolution(first));
        assertThat(resolved.id().at().offset()).isZero();
        assertThat(one(resolved.id()).flatMap(Rejection::resolution)).contains(new Resolution(first));
        counted = (partition, claim) -> {
            throw new io.tidemark.streams.hot.HotReads.NotServed("a copy");
        };
        assertThat(ids(in(State.OPEN))).containsExactly("e1", "e2", "e1");
    }

    @Test
    void areCountedByDayAndReason() {
        append(bad("e1", "ann").build());
        append(bad("e2", "ann").build());
        append(request("r", "bob", NOW).setInputTokens(-1).build());
        at = NOW.plus(Duration.ofDays(1));
        append(usage("e3", "ann", at, "1").setMeter("m !").build());
        int day = Math.toIntExact(NOW.getEpochSecond() / 86_400);
        machine.flush();
        var reader = new CountRejections(machine.reads());
        var asked = new CountRejections.Asked(TENANT, day, day + 2);
        CountRejections.Counted counted = reader.read(asked, 0);
        assertThat(counted.tallies())
                .containsExactly(
                        new Tally(day, "invalid_meter", 2),
                        new Tally(day, "negative_count", 1),
                        new Tally(day + 1, "invalid_meter", 1));
        assertThat(reader.merge(asked, List.of(counted, counted))
                        .tallies()
                        .get(0)
                        .count())
                .isEqualTo(4);
        assertThat(reader.read(new CountRejections.Asked(TENANT, day + 1, day + 2), 0)
                        .tallies())
                .hasSize(1);
    }

    @Test
    void goWithACustomerThatIsErased() {
        machine.append(usage("good", "ann", NOW, "1").build(), NOW);
        append(bad("e1", "ann").build());
        append(bad("e2", "ann").build());
        append(bad("e3", "bob").build());
        replay(usage("e1", "ann", NOW, "1").build(), all(asked()).get(2).id());

        machine.command(new Command.Erase(UUID.randomUUID(), TENANT, "ann", OptionalLong.empty()));

        assertThat(ids(asked())).containsExactly("e3");
        assertThat(ofEvent("ann", "", "e1")).isEmpty();
        var keys = new ArrayList<String>();
        try (var stored = machine.hot().all()) {
            stored.forEachRemaining(entry -> keys.add(new String(entry.key.get(), UTF_8)));
        }
        assertThat(keys).noneMatch(key -> key.contains("ann"));
    }

    @Test
    void areBoundedInWhatIsKeptOfThem() {
        append(request("r", "bob", NOW)
                .setInputTokens(-1)
                .setOutputTokens(-1)
                .setTenantId(TENANT)
                .setExternalCustomerId("x".repeat(100_000))
                .build());
        assertThat(all(asked())).singleElement().satisfies(one -> {
            assertThat(one.claim()).isEqualTo(new Claim(TENANT, "", "", ""));
            assertThat(one.faults()).hasSize(3);
        });
    }

    private io.tidemark.events.UsageEvent.Builder bad(String id, String customer) {
        return usage(id, customer, NOW, "1").setMeter("no meter!");
    }

    private void append(SpecificRecord event) {
        at = at.plusSeconds(1);
        machine.append(event, at);
    }

    private void append(byte[] value, byte @Nullable [] key) {
        at = at.plusSeconds(1);
        machine.append(true, key, value, at);
    }

    private void replay(SpecificRecord event, RejectionId id) {
        replay(event, id.text());
    }

    private void replay(SpecificRecord event, String id) {
        at = at.plusSeconds(1);
        var headers = new RecordHeaders();
        headers.add(Headers.REPLAYS, id.getBytes(UTF_8));
        machine.append(event, at, headers);
    }

    private List<String> ids(RejectionsAsked asked) {
        return all(asked).stream().map(one -> one.claim().id()).toList();
    }

    private List<Rejection> all(RejectionsAsked asked) {
        return read(asked).of(asked.state());
    }

    private RejectionsFound read(RejectionsAsked asked) {
        machine.flush();
        var reader = new ListRejections(machine.reads(), counted);
        return reader.merge(asked, List.of(reader.read(asked, 0)));
    }

    private Optional<Rejection> one(RejectionId id) {
        machine.flush();
        return new OneRejection(machine.reads(), counted)
                .read(new OneRejection.Asked(TENANT, id), 0)
                .whole();
    }

    private List<Rejection> ofEvent(String customer, String source, String id) {
        machine.flush();
        return RejectionsOfEvent.of(machine.reads(), 0, TENANT, customer, source, id);
    }

    private static RejectionsAsked asked() {
        return of(TENANT);
    }

    private static RejectionsAsked of(String tenant) {
        return new RejectionsAsked(
                tenant,
                Long.MIN_VALUE,
                Long.MAX_VALUE,
                Optional.empty(),
                Set.of(),
                Optional.empty(),
                Optional.empty(),
                State.ALL,
                100);
    }

    private static RejectionsAsked with(Set<Reason> reasons, @Nullable String customer, @Nullable String event) {
        return new RejectionsAsked(
                TENANT,
                0,
                Long.MAX_VALUE,
                Optional.empty(),
                reasons,
                Optional.ofNullable(customer),
                Optional.ofNullable(event),
                State.ALL,
                100);
    }

    private static RejectionsAsked between(long from, long to) {
        return new RejectionsAsked(
                TENANT, from, to, Optional.empty(), Set.of(), Optional.empty(), Optional.empty(), State.ALL, 100);
    }

    private static RejectionsAsked in(State state) {
        return new RejectionsAsked(
                TENANT, 0, Long.MAX_VALUE, Optional.empty(), Set.of(), Optional.empty(), Optional.empty(), state, 100);
    }

    private static RejectionsAsked limited(int limit) {
        return new RejectionsAsked(
                TENANT,
                0,
                Long.MAX_VALUE,
                Optional.empty(),
                Set.of(),
                Optional.empty(),
                Optional.empty(),
                State.ALL,
                limit);
    }
}
