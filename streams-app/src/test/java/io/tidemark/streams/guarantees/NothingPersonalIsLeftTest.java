package io.tidemark.streams.guarantees;

import static io.tidemark.streams.fixtures.Events.TENANT;
import static io.tidemark.streams.fixtures.Events.amount;
import static io.tidemark.streams.fixtures.Events.request;
import static io.tidemark.streams.fixtures.Events.usage;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.schemas.EventKey;
import io.tidemark.schemas.Topic;
import io.tidemark.streams.MeteringSettings.PageCache;
import io.tidemark.streams.directory.Command;
import io.tidemark.streams.directory.Customer;
import io.tidemark.streams.directory.CustomerRecord;
import io.tidemark.streams.directory.Details;
import io.tidemark.streams.directory.Details.Detail;
import io.tidemark.streams.fixtures.Machine;
import io.tidemark.streams.hot.HotStore;
import io.tidemark.streams.reading.Answer;
import io.tidemark.streams.reading.ByCustomerQuery;
import io.tidemark.streams.reading.CustomerUsage;
import io.tidemark.streams.reading.Period;
import io.tidemark.streams.reading.UsageByCustomer;
import io.tidemark.streams.reading.UsageReadModel;
import io.tidemark.streams.reading.Wait;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Of a customer that is erased only its usage is left, all of it, under a pseudonym. */
@NullMarked
@ParameterizedClass
@EnumSource(PageCache.Form.class)
class NothingPersonalIsLeftTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final String ANN = "ann@example.com";
    private static final List<String> PERSONAL =
            List.of(ANN, "Ann Smith", "Ann.Smith@mail.example", "+977 1 555", "1 Long Street", "vip-note");
    private static final List<Period> PERIODS = List.of(
            new Period(NOW.minus(40, ChronoUnit.DAYS), NOW.plus(1, ChronoUnit.DAYS)),
            new Period(NOW.minus(50, ChronoUnit.HOURS), NOW.minus(7, ChronoUnit.MINUTES)),
            new Period(
                    NOW.minus(10, ChronoUnit.DAYS),
                    NOW.minus(5, ChronoUnit.DAYS).plusSeconds(900)));

    @Parameter
    private PageCache.Form form = PageCache.Form.DECODED;

    @TempDir
    private Path directory;

    private Machine machine;
    private final Map<String, Map<String, TestRecord<byte[], byte[]>>> live = new LinkedHashMap<>();

    @BeforeEach
    void start() {
        machine = new Machine(directory, NOW, new PageCache(form, 1 << 20));
        machine.command(new Command.Create(
                UUID.randomUUID(),
                1,
                TENANT,
                ANN,
                UUID.randomUUID(),
                new Details(
                        Map.of(
                                Detail.NAME, "Ann Smith",
                                Detail.EMAIL, "Ann.Smith@mail.example",
                                Detail.PHONE, "+977 1 555",
                                Detail.BILLING_ADDRESS_LINE1, "1 Long Street"),
                        Map.of("note", "vip-note")),
                null));
        uses(ANN, 300);
        uses("other", 100);
        // What is kept of rejected ones must go too.
        machine.append(usage("bad", ANN, NOW, "1").setMeter("no meter!").build(), NOW);
        machine.append(false, new EventKey(TENANT, ANN).bytes(), new byte[] {7}, NOW);
        machine.pass(Duration.ofSeconds(3));
    }

    private void uses(String customer, int events) {
        for (int i = 0; i < events; i++) {
            Instant at = NOW.minus(i * 157L, ChronoUnit.MINUTES);
            machine.append(
                    i % 3 == 0
                            ? usage(customer + i, customer, at, "1.5")
                                    .setMeter("m" + i % 7)
                                    .build()
                            : request(customer + i, customer, at)
                                    .setInputTokens(i)
                                    .setCost(amount("0.1"))
                                    .setCurrency(i % 2 == 0 ? "USD" : "EUR")
                                    .build(),
                    NOW);
        }
    }

    @AfterEach
    void stop() {
        machine.close();
    }

    @Test
    void inWhatIsStoredAndInTheTopicsOnceTheyAreCompacted() {
        // Control: all of it was everywhere.
        assertThat(personal(stored("directory"))).containsAll(PERSONAL);
        assertThat(personal(stored("hot"))).contains(ANN, "Ann Smith");
        assertThat(personal(stored("request-log"))).contains(ANN);
        assertThat(personal(topic(Machine.TOPICS.customers()))).containsAll(PERSONAL);
        assertThat(personal(topic(Machine.TOPICS.usageFeed()))).contains(ANN);
        assertThat(personal(logged())).contains(ANN, "Ann Smith");

        erase(ANN);
        machine.pass(Duration.ofSeconds(3));

        assertThat(personal(stored("directory"))).isEmpty();
        assertThat(personal(stored("hot"))).isEmpty();
        assertThat(personal(stored("request-log"))).isEmpty();
        assertThat(stored("request-log")).as("of others").anyMatch(text -> text.contains("other"));
        assertThat(personal(topic(Machine.TOPICS.customers()))).isEmpty();
        assertThat(personal(topic(Machine.TOPICS.usageFeed()))).isEmpty();
        assertThat(personal(logged())).isEmpty();
    }

    @Test
    void andEveryTotalIsWhatItWas() {
        List<CustomerUsage> before = usageOf(ANN);
        List<UsageByCustomer> all = all();
        long feed = feed().size();
        String pseudonym = erase(ANN).externalId();
        machine.pass(Duration.ofSeconds(3));
        List<CustomerUsage> after = usageOf(pseudonym);
        for (int i = 0; i < PERIODS.size(); i++) {
            assertThat(after.get(i).meters()).isEqualTo(before.get(i).meters()).isNotEmpty();
            assertThat(all().get(i).totalRequests()).isEqualTo(all.get(i).totalRequests());
            assertThat(all().get(i).rows()).hasSameSizeAs(all.get(i).rows());
            assertThat(answer(ANN, PERIODS.get(i))).isInstanceOf(Answer.NotFound.class);
        }
        assertThat(new EventKey(TENANT, pseudonym).partition(1)).isZero();
        assertThat(feed()).hasSize((int) feed).anyMatch(key -> key.startsWith(TENANT + "/" + pseudonym + "/"));
        assertThat(reported().excluded()).isEqualTo(1);
    }

    @Test
    void andNoAnswerHoldsItInParts() {
        var erase = new Command.Erase(UUID.randomUUID(), TENANT, ANN, OptionalLong.empty());
        // Days out of month pages, quarter hours out of day pages, minutes: several scans, between which it is erased.
        Period period = PERIODS.get(1);
        UsageByCustomer whole = byCustomer(period, true);
        UsageByCustomer across = byCustomer(machine.usageWhile(() -> machine.command(erase)), period, true);
        assertThat(across.rows()).hasSameSizeAs(whole.rows()).hasSize(2);
        assertThat(across.totalRequests()).isEqualTo(whole.totalRequests());
        assertThat(across.rows()).noneMatch(row -> row.externalId().equals(ANN));
        // A flush that is not through: the numbers differ.
        Bytes ended = Bytes.wrap(new byte[] {HotStore.MOVES, 1});
        byte[] number = machine.hot().delete(ended);
        machine.flush();
        assertThat(answer("other", period)).isInstanceOf(Answer.NotReady.class);
        machine.hot().put(ended, number);
        machine.flush();
        assertThat(answer("other", period)).isInstanceOf(Answer.Found.class);
    }

    @Test
    void whetherItIsErasedAgainOrWasDeletedBefore() {
        UUID id = customer(ANN).orElseThrow().id();
        machine.command(new Command.Delete(UUID.randomUUID(), TENANT, ANN, OptionalLong.empty()));
        Customer erased = erase(ANN);
        assertThat(erased.id()).isEqualTo(id);
        assertThat(erased.isDeleted()).isTrue();
        assertThat(erased.details().texts()).isEmpty();
        topic(Machine.TOPICS.customers());
        machine.command(new Command.Erase(UUID.randomUUID(), TENANT, erased.externalId(), OptionalLong.empty()));
        assertThat(machine.written(Machine.TOPICS.customers())).isEmpty();
        assertThat(usageOf(erased.externalId()).get(0).meters()).isNotEmpty();
    }

    @Test
    void andItsNextEventBeginsAnotherCustomer() {
        Customer erased = erase(ANN);
        machine.append(request("late", ANN, NOW).build(), NOW.plusSeconds(90));
        Customer begun = customer(ANN).orElseThrow();
        assertThat(begun.id()).isNotEqualTo(erased.id());
        assertThat(begun.autoCreated()).isTrue();
        assertThat(begun.details().texts()).isEmpty();
        assertThat(usageOf(ANN).get(0).requests()).isEqualTo(1);
        machine.append(
                request(ANN + 1, ANN, NOW.minus(157, ChronoUnit.MINUTES))
                        .setInputTokens(1)
                        .build(),
                NOW);
        assertThat(usageOf(ANN).get(0).requests())
                .as("a repeat of what was counted before")
                .isEqualTo(1);
    }

    @Test
    void whenWordOfAnEventWasOnItsWay() {
        erase(ANN);
        topic(Machine.TOPICS.customers());
        machine.command(new Command.Sighting(TENANT, ANN, UUID.randomUUID(), NOW.minusSeconds(9), NOW.minusSeconds(1)));
        assertThat(machine.written(Machine.TOPICS.customers())).isEmpty();
        // Control: word of a later one begins it.
        machine.command(new Command.Sighting(TENANT, ANN, UUID.randomUUID(), NOW, NOW.plusSeconds(60)));
        assertThat(machine.written(Machine.TOPICS.customers())).hasSize(1);
    }

    @Test
    void whenTheRegistryIsAway() {
        machine.wire.away(true);
        machine.command(new Command.Erase(UUID.randomUUID(), TENANT, ANN, OptionalLong.empty()));
        assertThat(personal(stored("hot"))).isEmpty();
        assertThat(reported().excluded()).isEqualTo(1);
        machine.wire.away(false);
        machine.pass(Duration.ofSeconds(3));
        assertThat(personal(topic(Machine.TOPICS.customers()))).isEmpty();
        assertThat(machine.hot().approximateNumEntries()).isPositive();
    }

    @Test
    void ofACustomerOfFourHundredDaysInAMoment() {
        for (int hour = 0; hour < 400 * 24; hour++) {
            Instant at = NOW.minus(hour, ChronoUnit.HOURS);
            machine.append(request("h" + hour, "old", at).setInputTokens(1).build(), at.plusSeconds(1));
        }
        long began = System.nanoTime();
        String pseudonym = erase("old").externalId();
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        System.err.println("erased a customer of 400 days with an hour page for each hour: " + took.toMillis() + " ms");
        assertThat(took).isLessThan(Duration.ofSeconds(20));
        var all = new Period(NOW.minus(500, ChronoUnit.DAYS), NOW.plus(1, ChronoUnit.DAYS));
        var answer = (Answer.Found<CustomerUsage>) answer(pseudonym, all);
        assertThat(answer.value().requests()).isEqualTo(400 * 24);
    }

    private Customer erase(String customer) {
        UUID id = customer(customer).orElseThrow().id();
        machine.command(new Command.Erase(UUID.randomUUID(), TENANT, customer, OptionalLong.empty()));
        topic(Machine.TOPICS.customers());
        return live(Machine.TOPICS.customers()).values().stream()
                .map(NothingPersonalIsLeftTest::decoded)
                .filter(one -> one.id().equals(id))
                .reduce((one, other) -> {
                    throw new AssertionError("two customers of one UUID");
                })
                .orElseThrow();
    }

    private Optional<Customer> customer(String externalId) {
        topic(Machine.TOPICS.customers());
        return Optional.ofNullable(live(Machine.TOPICS.customers()).get(TENANT + "/" + externalId))
                .map(NothingPersonalIsLeftTest::decoded);
    }

    private static Customer decoded(TestRecord<byte[], byte[]> record) {
        return new CustomerRecord().decode(record.value(), record.headers()).orElseThrow();
    }

    private List<String> feed() {
        topic(Machine.TOPICS.usageFeed());
        return List.copyOf(live(Machine.TOPICS.usageFeed()).keySet());
    }

    private List<CustomerUsage> usageOf(String customer) {
        return PERIODS.stream()
                .map(period -> ((Answer.Found<CustomerUsage>) answer(customer, period)).value())
                .toList();
    }

    private Answer<CustomerUsage> answer(String customer, Period period) {
        return machine.usage().ofCustomer(TENANT, customer, period, Wait.NOT);
    }

    private List<UsageByCustomer> all() {
        return PERIODS.stream().map(period -> byCustomer(period, true)).toList();
    }

    private UsageByCustomer reported() {
        return byCustomer(PERIODS.get(0), false);
    }

    private UsageByCustomer byCustomer(Period period, boolean inactive) {
        return byCustomer(machine.usage(), period, inactive);
    }

    private static UsageByCustomer byCustomer(UsageReadModel usage, Period period, boolean inactive) {
        var query = new ByCustomerQuery(
                Optional.of(ByCustomerQuery.SortBy.EXTERNAL_ID),
                false,
                Optional.empty(),
                Optional.empty(),
                inactive,
                10,
                Optional.empty());
        return ((Answer.Found<UsageByCustomer>) usage.byCustomer(TENANT, period, query, Wait.NOT)).value();
    }

    private Map<String, TestRecord<byte[], byte[]>> live(Topic topic) {
        return live.computeIfAbsent(topic.name(), any -> new LinkedHashMap<>());
    }

    /** What compaction would leave of all that was written to a topic. */
    private List<String> topic(Topic topic) {
        return texts(compacted(live(topic), machine.written(topic)));
    }

    private List<String> logged() {
        var records = new ArrayList<>(machine.logged());
        records.addAll(machine.logged("request-log"));
        return texts(compacted(live.computeIfAbsent("logged", any -> new LinkedHashMap<>()), records));
    }

    private static List<TestRecord<byte[], byte[]>> compacted(
            Map<String, TestRecord<byte[], byte[]>> rows, List<TestRecord<byte[], byte[]>> written) {
        for (TestRecord<byte[], byte[]> record : written) {
            String key = new String(record.key(), ISO_8859_1);
            if (record.value() == null) {
                rows.remove(key);
            } else {
                rows.put(key, record);
            }
        }
        return List.copyOf(rows.values());
    }

    private static List<String> texts(List<TestRecord<byte[], byte[]>> records) {
        return records.stream()
                .map(record -> text(record.key()) + text(record.value()))
                .toList();
    }

    private List<String> stored(String store) {
        var texts = new ArrayList<String>();
        try (var all = machine.store(store).all()) {
            all.forEachRemaining(entry -> texts.add(text(entry.key.get()) + text(entry.value)));
        }
        return texts;
    }

    private static String text(byte @Nullable [] bytes) {
        return bytes == null ? "" : new String(bytes, UTF_8);
    }

    private static List<String> personal(List<String> texts) {
        return PERSONAL.stream()
                .filter(one -> texts.stream().anyMatch(text -> text.contains(one)))
                .toList();
    }
}
