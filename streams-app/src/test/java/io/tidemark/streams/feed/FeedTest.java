package io.tidemark.streams.feed;

import static io.tidemark.streams.fixtures.Events.TENANT;
import static io.tidemark.streams.fixtures.Events.amount;
import static io.tidemark.streams.fixtures.Events.request;
import static io.tidemark.streams.fixtures.Events.usage;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.events.MeterTotals;
import io.tidemark.events.UsageTotals;
import io.tidemark.schemas.PublicRecords;
import io.tidemark.streams.MeteringSettings.PageCache;
import io.tidemark.streams.MeteringSettings.Retention;
import io.tidemark.streams.MeteringSettings.TimeRule;
import io.tidemark.streams.fixtures.Machine;
import io.tidemark.streams.reading.Answer;
import io.tidemark.streams.reading.CustomerUsage;
import io.tidemark.streams.reading.Period;
import io.tidemark.streams.reading.Wait;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.streams.test.TestRecord;
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
class FeedTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final Period NOVEMBER =
            new Period(Instant.parse("2026-11-01T00:00:00Z"), Instant.parse("2026-12-01T00:00:00Z"));
    private static final Duration INTERVAL = Duration.ofSeconds(2);

    @Parameter
    private PageCache.Form form = PageCache.Form.DECODED;

    @TempDir
    private Path directory;

    private Machine machine;

    @BeforeEach
    void start() {
        machine = new Machine(directory, NOW, new PageCache(form, 1 << 20));
    }

    @AfterEach
    void stop() {
        machine.close();
    }

    @Test
    void tellsOnceForManyEventsOfACustomersMonth() {
        for (int i = 0; i < 100; i++) {
            machine.append(request("r" + i, "c/1", NOW).build(), NOW);
        }
        machine.append(request("old", "c/1", NOW.minus(25, ChronoUnit.DAYS)).build(), NOW);
        assertThat(told()).isEmpty();
        machine.pass(INTERVAL);
        assertThat(told()).containsOnlyKeys(TENANT + "/c/1/2026-11", TENANT + "/c/1/2026-10");
        machine.pass(INTERVAL);
        assertThat(told()).isEmpty();
    }

    @Test
    void equalsTheAnswerOfTheMonthOnceQuiet() {
        var random = new Random(11);
        var last = new LinkedHashMap<String, UsageTotals>();
        for (int i = 0; i < 600; i++) {
            String customer = "c" + random.nextInt(12);
            Instant at = NOW.minus(random.nextInt(19), ChronoUnit.DAYS);
            machine.append(
                    random.nextBoolean()
                            ? request("r" + random.nextInt(500), customer, at)
                                    .setInputTokens(random.nextInt(99))
                                    .setCost(amount("0.1"))
                                    .setCurrency(random.nextBoolean() ? "USD" : "EUR")
                                    .build()
                            : usage("u" + random.nextInt(500), customer, at, "1.5")
                                    .setMeter("m" + random.nextInt(3))
                                    .build(),
                    NOW);
            if (random.nextInt(20) == 0) {
                machine.pass(Duration.ofMillis(700));
                keepLater(last, told());
            }
        }
        machine.pass(INTERVAL);
        keepLater(last, told());
        assertThat(last).hasSize(12);
        last.values().forEach(this::equalsTheAnswer);
    }

    /** Fails where a record is not later than the one before it. */
    private static void keepLater(Map<String, UsageTotals> last, Map<String, UsageTotals> told) {
        told.forEach((key, totals) -> {
            UsageTotals before = last.put(key, totals);
            assertThat(totals.getVersion()).isGreaterThan(before == null ? 0 : before.getVersion());
        });
    }

    private void equalsTheAnswer(UsageTotals totals) {
        var answer = machine.usage().ofCustomer(TENANT, totals.getExternalCustomerId(), NOVEMBER, Wait.NOT);
        CustomerUsage usage = ((Answer.Found<CustomerUsage>) answer).value();
        long count = 0;
        long tokens = 0;
        BigDecimal quantity = BigDecimal.ZERO;
        var cost = new LinkedHashMap<String, BigDecimal>();
        for (MeterTotals meter : totals.getTotals()) {
            count += meter.getCount();
            tokens += meter.getInputTokens();
            quantity = quantity.add(meter.getQuantity());
            if (meter.getCurrency() != null) {
                cost.merge(meter.getCurrency(), meter.getCost().stripTrailingZeros(), BigDecimal::add);
            }
        }
        assertThat(count).isEqualTo(usage.all().count()).isEqualTo(totals.getVersion());
        assertThat(tokens).isEqualTo(usage.all().inputTokens().longValueExact());
        assertThat(quantity.add(BigDecimal.valueOf(usage.requests())))
                .isEqualByComparingTo(usage.all().quantity());
        assertThat(cost.keySet()).isEqualTo(usage.all().cost().keySet());
        cost.forEach((currency, amount) ->
                assertThat(amount).isEqualByComparingTo(usage.all().cost().get(currency)));
        assertThat(totals.getPosition()).isNotBlank();
    }

    @Test
    void waitsForARegistryThatIsAway() {
        machine.wire.away(true);
        machine.append(true, null, machine.wire.frame(usage("u", "c", NOW, "1").build()), NOW);
        machine.wire.away(false);
        machine.pass(Duration.ofMillis(200));
        machine.wire.away(true);
        machine.pass(INTERVAL);
        assertThat(told()).isEmpty();
        machine.wire.away(false);
        machine.pass(INTERVAL);
        assertThat(told()).containsOnlyKeys(TENANT + "/c/2026-11");
    }

    @Test
    void tellsSumsOfMoreDigitsThanTheSchemaPromises() {
        String largest = "99999999999999999999999999999.999999999";
        for (int i = 0; i < 20; i++) {
            machine.append(usage("u" + i, "c", NOW, largest).build(), NOW);
        }
        machine.pass(INTERVAL);
        MeterTotals meter = told().values().iterator().next().getTotals().get(0);
        assertThat(meter.getQuantity()).isEqualByComparingTo(new BigDecimal(largest).multiply(BigDecimal.valueOf(20)));
    }

    @Test
    void tellsTheOthersWhenOneIsTooLargeForTheTopic() {
        for (int i = 0; i < 14_000; i++) {
            machine.append(
                    usage("u" + i, "large", NOW, "1")
                            .setMeter("%064d".formatted(i))
                            .build(),
                    NOW);
        }
        machine.append(usage("u", "small", NOW, "1").build(), NOW);
        machine.pass(INTERVAL);
        machine.pass(INTERVAL);
        assertThat(told()).containsOnlyKeys(TENANT + "/small/2026-11");
    }

    @Test
    void isSilentWhenTurnedOff() {
        machine.close();
        machine = new Machine(directory, NOW, TimeRule.DEFAULT, Retention.DEFAULT, Duration.ZERO);
        machine.append(request("r", "c", NOW).build(), NOW);
        machine.pass(INTERVAL);
        assertThat(told()).isEmpty();
    }

    /** What was told since this was last asked, the latest of each key. */
    private Map<String, UsageTotals> told() {
        List<TestRecord<byte[], byte[]>> records = machine.written(Machine.TOPICS.usageFeed());
        var latest = new LinkedHashMap<String, UsageTotals>();
        PublicRecords<UsageTotals> reader = PublicRecords.specific(UsageTotals.getClassSchema());
        for (TestRecord<byte[], byte[]> record : records) {
            latest.put(
                    new String(record.key(), UTF_8),
                    reader.decode(record.value(), record.headers()).orElseThrow());
        }
        return latest;
    }
}
