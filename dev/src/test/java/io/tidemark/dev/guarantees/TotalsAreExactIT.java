package io.tidemark.dev.guarantees;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.dev.fixtures.Api;
import io.tidemark.dev.fixtures.Comparison;
import io.tidemark.dev.fixtures.Deployment;
import io.tidemark.dev.fixtures.Oracle;
import io.tidemark.dev.fixtures.Producers;
import io.tidemark.dev.fixtures.Producers.Placing;
import io.tidemark.dev.fixtures.TestRegistry;
import io.tidemark.dev.fixtures.Traffic;
import io.tidemark.events.RequestEvent;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.specific.SpecificRecordBase;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * 10,000 events with repeats, shuffled and late, some invalid, by producers of three kinds, through a real broker: every
 * total equals an independent oracle to the last digit, and every record is accounted for.
 */
@NullMarked
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TotalsAreExactIT {
    private static final int EVENTS = 10_000;
    private static final int REPEATS = EVENTS / 20;
    private static final int CONFLICTS = 40;
    private static final List<Placing> KINDS = List.of(Placing.values());
    private static final long SEED = Long.getLong("tidemark.seed", 20261120);

    private final Oracle oracle = new Oracle();
    private final Random random = new Random(SEED);
    private int rejected;
    private Deployment dev;
    private Api api;
    private Instant now;

    @BeforeAll
    void send(@TempDir Path directory) throws Exception {
        dev = Deployment.start(directory);
        api = dev.api();
        now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        var events = new ArrayList<SpecificRecordBase>();
        var traffic = new Traffic(SEED, dev.tenant(), now, Duration.ofDays(34));
        for (int i = 0; i < EVENTS; i++) {
            events.add(traffic.next());
        }
        events.forEach(oracle::counts);
        var copies = new ArrayList<>(events);
        for (int i = 0; i < REPEATS; i++) {
            copies.add(events.get(random.nextInt(EVENTS)));
        }
        Collections.shuffle(copies, random);
        try (var producers = new Producers(dev.kafka(), dev.registry())) {
            for (int i = 0; i < copies.size(); i++) {
                producers.send(copies.get(i), KINDS.get(i % 3));
                if (i % 200 == 0) {
                    sendInvalid(producers, i);
                }
            }
            producers.flush();
            awaitFates(EVENTS, REPEATS, 0);
            sendConflicts(producers, events);
            producers.flush();
            awaitFates(EVENTS, REPEATS, CONFLICTS);
        }
    }

    @AfterAll
    void stop() {
        dev.close();
    }

    private void sendInvalid(Producers producers, int i) {
        RequestEvent good = new Traffic(i, dev.tenant(), now, Duration.ofDays(1)).request("bad-" + i);
        producers.send(
                RequestEvent.newBuilder(good)
                        .setOccurredAt(now.plus(3_650, ChronoUnit.DAYS))
                        .build(),
                Placing.JAVA);
        producers.send(
                RequestEvent.newBuilder(good)
                        .setOccurredAt(now.minus(36, ChronoUnit.DAYS))
                        .build(),
                Placing.JAVA);
        producers.send(RequestEvent.newBuilder(good).setInputTokens(-1).build(), Placing.NO_KEY);
        producers.send(RequestEvent.newBuilder(good).setTenantId("No Tenant").build(), Placing.JAVA);
        producers.sendRaw(i % 400 == 0, "no event at all".getBytes(UTF_8));
        producers.sendRaw(i % 400 == 0, new byte[] {0, 0, 0, 0x7f, 0});
        producers.sendRaw(i % 400 == 0, null);
        rejected += 7;
    }

    /** The same id with another time is a repeat; with other content a conflict: neither counts. */
    private void sendConflicts(Producers producers, List<SpecificRecordBase> events) {
        int sent = 0;
        for (SpecificRecordBase event : events) {
            if (event instanceof RequestEvent request && sent < CONFLICTS) {
                producers.send(
                        RequestEvent.newBuilder(request)
                                .setInputTokens(request.getInputTokens() + 1)
                                .build(),
                        KINDS.get(sent % 3));
                sent++;
            }
        }
    }

    private void awaitFates(long counted, long duplicate, long conflict) {
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            assertThat(api.fates())
                    .containsEntry("counted", counted)
                    .containsEntry("duplicate", duplicate)
                    .containsEntry("conflict", conflict)
                    .containsEntry("rejected", (long) rejected)
                    .containsEntry("parked", 0L);
        });
    }

    @Test
    void perCustomerMeterAndCurrency() throws Exception {
        var differences = new ArrayList<String>();
        Instant from = now.truncatedTo(ChronoUnit.DAYS).minus(36, ChronoUnit.DAYS);
        Instant to = now.truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES);
        for (String customer : oracle.customers()) {
            differences.addAll(
                    Comparison.differences(customer, api.usage(customer, from, to), oracle.meters(customer, from, to)));
        }
        assertThat(differences).as("seed %d", SEED).isEmpty();
    }

    @Test
    void perArbitraryMinutes() throws Exception {
        var differences = new ArrayList<String>();
        Instant minute = now.truncatedTo(ChronoUnit.MINUTES);
        for (String customer : oracle.customers()) {
            for (int i = 0; i < 5; i++) {
                Instant from = minute.minus(random.nextInt(36 * 1440), ChronoUnit.MINUTES);
                Instant to = from.plus(1 + random.nextInt(20 * 1440), ChronoUnit.MINUTES);
                JsonNode answer = api.usage(customer, from, to);
                assertThat(answer.get("period").get("from").asText()).isEqualTo(from.toString());
                differences.addAll(Comparison.differences(customer, answer, oracle.meters(customer, from, to)));
            }
        }
        assertThat(differences).as("seed %d", SEED).isEmpty();
    }

    @Test
    void perCalendarMonthAndDayOfAnyZone() throws Exception {
        var differences = new ArrayList<String>();
        for (String zone : List.of("Asia/Kathmandu", "America/New_York", "UTC")) {
            ZoneId id = ZoneId.of(zone);
            YearMonth month = YearMonth.from(LocalDate.ofInstant(now, id));
            for (YearMonth one : List.of(month, month.minusMonths(1))) {
                Instant from = one.atDay(1).atStartOfDay(id).toInstant();
                Instant to = one.plusMonths(1).atDay(1).atStartOfDay(id).toInstant();
                for (String customer : List.of("customer_10", "slash/inside", "größe-日本")) {
                    JsonNode answer = api.json("/api/v1/customers/" + Api.encoded(customer) + "/usage?period=" + one
                            + "&timezone=" + zone);
                    assertThat(answer.get("period").get("from").asText()).isEqualTo(from.toString());
                    assertThat(answer.get("period").get("to").asText()).isEqualTo(to.toString());
                    differences.addAll(Comparison.differences(customer, answer, oracle.meters(customer, from, to)));
                }
            }
        }
        assertThat(differences).as("seed %d", SEED).isEmpty();
    }

    @Test
    void ofAllCustomersAddUpToThoseOfEach() throws Exception {
        String query = "/api/v1/usage/by-customer?period=35d&sort_by=credits&limit=7";
        var seen = new ArrayList<String>();
        java.math.BigDecimal credits = java.math.BigDecimal.ZERO;
        long requests = 0;
        JsonNode page = api.json(query);
        for (;
                ;
                page = api.json(
                        query + "&cursor=" + page.get("meta").get("next_cursor").asText())) {
            for (JsonNode row : page.get("data")) {
                seen.add(row.get("external_id").asText());
                credits =
                        credits.add(new java.math.BigDecimal(row.get("credits").asText()));
                requests += row.get("requests").asLong();
            }
            if (page.get("meta").get("next_cursor").isNull()) {
                break;
            }
        }
        assertThat(seen).containsExactlyInAnyOrderElementsOf(oracle.customers());
        assertThat(credits)
                .isEqualByComparingTo(page.get("totals").get("credits").asText());
        assertThat(requests).isEqualTo(page.get("totals").get("requests").asLong());
        assertThat(page.get("complete").asBoolean()).isTrue();
    }

    @Test
    void areExplainedByPagesThatAddUpToThem() throws Exception {
        Instant minute = now.truncatedTo(ChronoUnit.MINUTES);
        for (String customer : oracle.customers()) {
            Instant from = minute.minus(random.nextInt(36 * 1440), ChronoUnit.MINUTES);
            Instant to = from.plus(1 + random.nextInt(20 * 1440), ChronoUnit.MINUTES);
            JsonNode answer = api.json(
                    "/api/v1/customers/" + Api.encoded(customer) + "/usage?explain=true&from=" + from + "&to=" + to);
            long requests = 0;
            BigDecimal credits = BigDecimal.ZERO;
            for (JsonNode page : answer.get("explain").get("pages")) {
                credits = credits.add(new BigDecimal(page.get("credits").asText()));
                requests += page.get("kind").asText().equals("request")
                        ? page.get("count").asLong()
                        : 0;
                assertThat(page.get("late").isIntegralNumber()).isTrue();
                assertThat(page.get("late").asLong()).isLessThanOrEqualTo(EVENTS);
            }
            assertThat(requests).isEqualTo(answer.get("requests").asLong());
            assertThat(credits).isEqualByComparingTo(answer.get("credits").asText());
        }
    }

    @Test
    void everyRecordIsInTheHourOfItsArrival() throws Exception {
        assumeFalse(TestRegistry.isIndependent(), "its key is no operator's");
        Map<String, Long> fates = api.fates();
        JsonNode books = api.json("/api/v1/reconciliation?period=1d");
        assertThat(books.get("balanced").asBoolean()).as("%s", books).isTrue();
        assertThat(books.get("complete").asBoolean()).isTrue();
        fates.forEach((fate, count) ->
                assertThat(books.get("totals").get(fate).asLong()).as(fate).isEqualTo(count));
        var byPartition = new HashMap<String, Long>();
        for (JsonNode row :
                api.json("/api/v1/reconciliation?period=1d&by=partition").get("hours")) {
            byPartition.merge(
                    row.get("topic").asText() + "/" + row.get("partition").asText(),
                    row.get("records").get("counted").asLong(),
                    Long::sum);
        }
        api.records()
                .forEach((at, one) ->
                        assertThat(byPartition.getOrDefault(at, 0L)).as(at).isEqualTo(one.get("counted")));
    }

    @Test
    void everyRecordOfEveryPartitionIsAccountedFor() throws Exception {
        Map<String, Map<String, Long>> records = api.records();
        assertThat(records).hasSize(36);
        records.forEach((partition, fates) -> {
            long sum = fates.entrySet().stream()
                    .filter(fate -> !fate.getKey().equals("read"))
                    .mapToLong(Map.Entry::getValue)
                    .sum();
            assertThat(fates.get("read")).as(partition).isEqualTo(sum);
        });
        long rekeyed = records.values().stream()
                .mapToLong(fates -> fates.get("rekeyed"))
                .sum();
        assertThat(rekeyed).as("two thirds came by foreign partitioners").isGreaterThan(EVENTS / 2);
    }
}
