package io.tidemark.streams.requestlog;

import static io.tidemark.streams.fixtures.Events.TENANT;
import static io.tidemark.streams.fixtures.Events.amount;
import static io.tidemark.streams.fixtures.Events.request;
import static io.tidemark.streams.fixtures.Events.usage;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.events.RequestEvent;
import io.tidemark.streams.MeteringSettings.Ids;
import io.tidemark.streams.MeteringSettings.PageCache;
import io.tidemark.streams.MeteringSettings.Retention;
import io.tidemark.streams.MeteringSettings.TimeRule;
import io.tidemark.streams.event.Source;
import io.tidemark.streams.fixtures.Machine;
import io.tidemark.streams.fixtures.Tombstones;
import io.tidemark.streams.intake.WholeRequest;
import io.tidemark.streams.reading.Period;
import io.tidemark.streams.reading.Sums;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.TopologyDescription;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@NullMarked
@ParameterizedClass
@EnumSource(PageCache.Form.class)
class RequestLogTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final Retention KEEP = Retention.DEFAULT;

    @Parameter
    private PageCache.Form form = PageCache.Form.DECODED;

    @TempDir
    private Path directory;

    private Machine machine;

    @BeforeEach
    void start() {
        machine = machine(KEEP);
    }

    private Machine machine(Retention keep) {
        return new Machine(directory, NOW, TimeRule.DEFAULT, keep, new PageCache(form, 1 << 20), Ids.DEFAULT);
    }

    @AfterEach
    void stop() {
        machine.close();
    }

    @Test
    void hasARowForEachRequestThatIsCountedAndForNothingElse() {
        RequestEvent counted = request("a", "c", NOW).setInputTokens(1).build();
        machine.append(counted, NOW);
        machine.append(counted, NOW.plusSeconds(1));
        machine.append(RequestEvent.newBuilder(counted).setInputTokens(2).build(), NOW.plusSeconds(2));
        machine.append(request("old", "c", NOW.minus(40, ChronoUnit.DAYS)).build(), NOW.plusSeconds(3));
        machine.append(usage("u", "c", NOW, "1").build(), NOW.plusSeconds(4));
        machine.append(false, new byte[0], "no event".getBytes(StandardCharsets.UTF_8), NOW.plusSeconds(5));
        assertThat(ids(all())).containsExactly("a");
        assertThat(all().get(0).said().inputTokens()).isEqualTo(1);
        assertThat(stored(LogStore.ROW)).isEqualTo(1);
    }

    @Test
    void showsAllThatAnEventSays() {
        Instant at = NOW.minusMillis(1234).plus(567, ChronoUnit.MICROS);
        machine.append(
                request("a", "größe-日本", at)
                        .setSource("gateway")
                        .setOperation("chat")
                        .setProvider("openai")
                        .setModel("gpt-x")
                        .setFlow("search")
                        .setEnvironment("production")
                        .setStatus("ok")
                        .setLatencyMs(0L)
                        .setInputTokens(10)
                        .setOutputTokens(20)
                        .setCachedInputTokens(3)
                        .setReasoningTokens(4)
                        .setCredits(amount("-0.5"))
                        .setCost(amount("12345678901234567890.123456789"))
                        .setCurrency("USD")
                        .setTags(Map.of("team", "a", "größe", "🌊"))
                        .build(),
                NOW);
        LoggedRequest row = all().get(0);
        assertThat(row.said())
                .isEqualTo(new WholeRequest(
                        "a",
                        "gateway",
                        TENANT,
                        "größe-日本",
                        at,
                        "chat",
                        "openai",
                        "gpt-x",
                        "search",
                        "production",
                        "ok",
                        OptionalLong.of(0),
                        10,
                        20,
                        3,
                        4,
                        amount("-0.5"),
                        amount("12345678901234567890.123456789"),
                        "USD",
                        Map.of("team", "a", "größe", "🌊")));
        assertThat(row.arrivedAt()).isEqualTo(NOW);
        assertThat(row.place().source()).isEqualTo(Source.REQUESTS);
        assertThat(row.place().offset()).isZero();
        machine.append(request("b", "c", NOW).build(), NOW);
        WholeRequest bare = all().get(0).said();
        assertThat(bare.latencyMillis()).isEmpty();
        assertThat(List.of(bare.source(), bare.model(), bare.status(), bare.currency()))
                .containsOnly("");
        assertThat(bare.tags()).isEmpty();
    }

    @Test
    void givesTheNewestFirstOfACustomerAndOfAll() {
        for (int i = 0; i < 30; i++) {
            // Late ones between those of now, some in the same microsecond.
            Instant at = NOW.minusSeconds(i % 3 == 0 ? i * 1_000L : i / 6);
            machine.append(request("r" + i, "c" + i % 2, at).build(), NOW.plusMillis(i));
        }
        List<LoggedRequest> rows = all();
        assertThat(rows)
                .hasSize(30)
                .isSortedAccordingTo((one, other) -> one.place().compareTo(other.place()));
        assertThat(rows.get(29).said().id()).isEqualTo("r27");
        List<LoggedRequest> ofOne =
                page(query(Optional.of("c1"), Map.of(), 100)).rows();
        assertThat(ofOne)
                .isEqualTo(rows.stream()
                        .filter(row -> row.said().customer().equals("c1"))
                        .toList());
        assertThat(ofOne).hasSize(15);
    }

    @Test
    void givesThoseThatAreAskedForAndNoOthers() {
        for (int i = 0; i < 40; i++) {
            var one = request("r" + i, "c" + i % 2, NOW.minusSeconds(i))
                    .setModel(i % 4 == 0 ? null : "m" + i % 4)
                    .setStatus(i % 5 == 0 ? "error" : "ok")
                    .setTags(Map.of("n", "" + i % 3));
            machine.append((i == 7 ? one.setTenantId("other") : one).build(), NOW);
        }
        assertThat(ids(page(query(Optional.empty(), Map.of(Label.MODEL, "m1", Label.STATUS, "error"), 100))
                        .rows()))
                .containsExactly("r5", "r25");
        assertThat(ids(page(query(Optional.of("c1"), Map.of(Label.MODEL, "m1", Label.STATUS, "error"), 100))
                        .rows()))
                .containsExactly("r5", "r25");
        assertThat(page(query(Optional.empty(), Map.of(Label.MODEL, ""), 100)).rows())
                .hasSize(10);
        var between = new LogQuery(
                TENANT,
                Optional.empty(),
                Optional.of(NOW.minusSeconds(9)),
                Optional.of(NOW.minusSeconds(5)),
                Map.of(),
                Optional.of(new LogQuery.Tag("n", "0")),
                Optional.empty(),
                100);
        assertThat(ids(page(between).rows())).containsExactly("r6", "r9");
        assertThat(all()).noneMatch(row -> row.said().id().equals("r7")).hasSize(39);
    }

    @Test
    void isReadWithoutTheRegistry() {
        machine.append(request("a", "c", NOW).build(), NOW);
        machine.wire.away(true);
        assertThat(ids(all())).containsExactly("a");
    }

    @Test
    void forgetsWhatIsTooOldByWhatIsAppended() {
        for (int day = 0; day < 30; day++) {
            Instant at = NOW.plus(day, ChronoUnit.DAYS);
            for (int i = 0; i < 50; i++) {
                machine.append(
                        request("d" + day + "-" + i, "c" + i % 3, at.minusSeconds(i))
                                .build(),
                        at);
            }
            machine.pass(Duration.ofSeconds(5));
        }
        assertThat(all())
                .hasSize(7 * 50 + 1)
                .allMatch(row -> row.said()
                        .occurredAt()
                        .isAfter(NOW.plus(22, ChronoUnit.DAYS).minusSeconds(1)));
        assertThat(stored(LogStore.ROW)).isEqualTo(7 * 50 + 1);
        assertThat(stored(LogStore.SECOND)).isLessThanOrEqualTo(7 * 50 + 3);
        assertThat(page(query(Optional.empty(), Map.of(), 1)).log().completeSince())
                .contains(NOW.plus(22, ChronoUnit.DAYS));
    }

    @Test
    void doesNotKeepWhatIsTooOldWhenItComes() {
        machine.append(request("now", "c", NOW).build(), NOW);
        machine.append(request("late", "c", NOW.minus(8, ChronoUnit.DAYS)).build(), NOW);
        machine.append(request("edge", "c", NOW.minus(7, ChronoUnit.DAYS)).build(), NOW);
        assertThat(ids(all())).containsExactly("now", "edge");
        assertThat(stored(LogStore.ROW)).isEqualTo(2);
    }

    @Test
    void deletesWithoutSteppingOverWhatItDeleted(@TempDir Path any) {
        try (var tombstones = new Tombstones(any)) {
            long most = 0;
            for (int hour = 0; hour < 24 * 12; hour += 4) {
                Instant at = NOW.plus(hour, ChronoUnit.HOURS);
                for (int i = 0; i < 20; i++) {
                    // Customers that are there once, and tenants that stop.
                    machine.append(
                            request("r" + hour + "-" + i, "c" + hour % 50, at.minusSeconds(i))
                                    .setTenantId("t" + hour / 100)
                                    .build(),
                            at);
                }
                most = Math.max(most, tombstones.steppedOver(() -> machine.pass(Duration.ofSeconds(1))));
            }
            assertThat(stored(LogStore.ROW)).isLessThan(6 * 7 * 20 + 100);
            assertThat(most).isLessThan(100);
        }
    }

    @Test
    void isNotThereWhenItIsOff() {
        var names = Machine.topology(KEEP.withRequests(Duration.ZERO)).describe().subtopologies().stream()
                .flatMap(part -> part.nodes().stream())
                .map(TopologyDescription.Node::name);
        assertThat(names).doesNotContain("log-requests", "forget-requests").contains("dedupe");
        machine.close();
        machine = machine(KEEP.withRequests(Duration.ZERO));
        machine.append(request("a", "c", NOW).build(), NOW);
        assertThat(machine.store(LogStore.NAME) == null).isTrue();
        LogPage page = page(query(Optional.empty(), Map.of(), 10));
        assertThat(page.log().isOn()).isFalse();
        assertThat(page.rows()).isEmpty();
    }

    @Test
    void tellsUsageByLabelsAsPagesDo() {
        for (int i = 0; i < 60; i++) {
            machine.append(
                    request("r" + i, "c", NOW.minus(i, ChronoUnit.MINUTES))
                            .setModel("m" + i % 2)
                            .setStatus(i % 10 == 0 ? null : "ok")
                            .setInputTokens(i)
                            .setCredits(amount("0.1"))
                            .setCost(amount(i % 2 == 0 ? "0.25" : "0"))
                            .setCurrency("USD")
                            .build(),
                    NOW);
        }
        machine.append(request("else", "other", NOW).setModel("m0").build(), NOW);
        var period = new Period(NOW.minus(30, ChronoUnit.MINUTES), NOW);
        Breakdown found = breakdown(new BreakdownReader(machine.requestLog()), period, Label.MODEL, Label.STATUS);
        assertThat(found.period()).isEqualTo(period);
        assertThat(found.groups().stream().map(Breakdown.Group::labels))
                .containsExactly(List.of("m0", "ok"), List.of("m0", ""), List.of("m1", "ok"));
        Sums all = found.groups().stream().map(Breakdown.Group::sums).reduce(Sums.NONE, Sums::plus);
        assertThat(all.count()).isEqualTo(30);
        assertThat(all.inputTokens()).isEqualTo(30 * 31 / 2);
        assertThat(all.credits()).isEqualByComparingTo("3");
        assertThat(all.cost()).containsOnlyKeys("USD");
        assertThat(all.cost().get("USD")).isEqualByComparingTo("3.75");
        // Before the log began nothing is said, and the answer says so.
        Breakdown narrowed = breakdown(
                new BreakdownReader(machine.requestLog()),
                new Period(NOW.minus(30, ChronoUnit.DAYS), NOW),
                Label.MODEL);
        assertThat(narrowed.period().from()).isEqualTo(NOW.minus(7, ChronoUnit.DAYS));
    }

    @Test
    void givesUpWhatTakesTooLong() {
        for (int i = 0; i < 1_200; i++) {
            machine.append(
                    request("r" + i, "c", NOW.minusSeconds(i)).setModel("m" + i).build(), NOW);
        }
        var period = new Period(NOW.minus(1, ChronoUnit.DAYS), NOW);
        var slow = new BreakdownReader(machine.requestLog(), Duration.ZERO);
        assertThat(breakdown(slow, period, Label.STATUS).tooMuch()).isPresent();
        var patient = new BreakdownReader(machine.requestLog());
        assertThat(breakdown(patient, period, Label.STATUS).tooMuch()).isEmpty();
        assertThat(breakdown(patient, period, Label.MODEL).tooMuch()).isPresent();
    }

    private static Breakdown breakdown(BreakdownReader reader, Period period, Label... by) {
        var query = new BreakdownQuery(TENANT, "c", period, List.of(by));
        return reader.merge(query, List.of(reader.read(query, 0)));
    }

    private List<LoggedRequest> all() {
        return page(query(Optional.empty(), Map.of(), 1_000)).rows();
    }

    private LogPage page(LogQuery query) {
        var reader = new PageReader(machine.requestLog());
        return reader.merge(query, List.of(reader.read(query, 0)));
    }

    private static LogQuery query(Optional<String> customer, Map<Label, String> where, int limit) {
        return new LogQuery(
                TENANT, customer, Optional.empty(), Optional.empty(), where, Optional.empty(), Optional.empty(), limit);
    }

    private static List<String> ids(List<LoggedRequest> rows) {
        return rows.stream().map(row -> row.said().id()).toList();
    }

    private long stored(byte prefix) {
        long found = 0;
        try (var all = machine.store(LogStore.NAME)
                .range(Bytes.wrap(new byte[] {prefix}), Bytes.wrap(new byte[] {(byte) (prefix + 1)}))) {
            while (all.hasNext()) {
                all.next();
                found++;
            }
        }
        return found;
    }
}
