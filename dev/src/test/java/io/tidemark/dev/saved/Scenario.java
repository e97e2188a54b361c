package io.tidemark.dev.saved;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.dev.fixtures.Api;
import io.tidemark.dev.fixtures.Compacted;
import io.tidemark.dev.fixtures.Comparison;
import io.tidemark.dev.fixtures.Counting;
import io.tidemark.dev.fixtures.DevProcess;
import io.tidemark.dev.fixtures.Feed;
import io.tidemark.dev.fixtures.Oracle;
import io.tidemark.dev.fixtures.Producers;
import io.tidemark.dev.fixtures.Producers.Placing;
import io.tidemark.dev.fixtures.Traffic;
import io.tidemark.dev.saved.SavedAnswers.Again;
import io.tidemark.dev.saved.SavedAnswers.Question;
import io.tidemark.events.RequestEvent;
import io.tidemark.events.UsageTotals;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * What happens in an installation before it is saved: something of everything that leaves something behind. The answers are
 * held against the oracle first, so that what is saved is right and not only what was said.
 */
final class Scenario {
    private static final long SEED = 20261120;
    private static final int EVENTS = 240;
    private static final Duration BACK = Duration.ofDays(34);
    private static final List<Placing> PLACINGS = List.of(Placing.JAVA, Placing.LIBRDKAFKA, Placing.NO_KEY);
    private static final String CUSTOMERS = "/api/v1/customers/";
    private static final String BY_CUSTOMER = "/api/v1/usage/by-customer?timezone=UTC&sort_by=external_id";
    private static final Set<String> SOME = Set.of(
            "plain",
            "user:companion",
            "slash/inside",
            "größe-日本",
            "emoji-🌊",
            "a+b",
            "p%20q",
            "customer_10",
            "customer_11",
            "customer_12");

    private final DevProcess dev;
    private final Api api;
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    private final Oracle oracle = new Oracle();
    private final Map<String, String> keys = new LinkedHashMap<>();
    private final Again again =
            new Again("again", "plain", now.minus(Duration.ofHours(1)).toString());
    private final List<Question> questions = new ArrayList<>();

    Scenario(DevProcess dev) {
        this.dev = dev;
        this.api = dev.api();
        keys.put("demo", dev.key());
    }

    /** Plays it; what the installation answers then. */
    SavedAnswers play() throws Exception {
        tenantsAndKeys();
        send();
        Counting.await(dev, oracle.size());
        customers();
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(untold()).isEmpty());
        assertThat(differencesFromTheOracle()).isEmpty();
        ask();
        assertThat(api.fates())
                .containsEntry("duplicate", 20L)
                .containsEntry("conflict", 1L)
                .containsEntry("rejected", 2L);
        var saved = new SavedAnswers(Map.copyOf(keys), again, api.fates(), ToldMonths.of(dev), List.copyOf(questions));
        Thread.sleep(Duration.ofSeconds(3).toMillis());
        assertThat(saved.differences(dev)).as("nothing was on its way any more").isEmpty();
        return saved;
    }

    private void tenantsAndKeys() throws Exception {
        done(
                201,
                api.send(
                        "POST",
                        "/admin/tenants",
                        "{\"tenant\":\"acme\",\"default_currency\":\"EUR\",\"default_timezone\":\"Asia/Tokyo\"}"));
        keys.put("acme", api.createKey("acme", "read\",\"write"));
        String revoked = api.createKey("acme", "read");
        keys.put("revoked", revoked);
        done(204, api.send("DELETE", "/admin/api-keys/" + id(revoked), ""));
        String rotated = api.createKey("acme", "read");
        keys.put("rotated", rotated);
        HttpResponse<String> next =
                api.send("POST", "/admin/api-keys/" + id(rotated) + "/rotate", "{\"overlap\":\"0s\"}");
        done(201, next);
        keys.put("next", new ObjectMapper().readTree(next.body()).get("key").asText());
    }

    private static String id(String key) {
        return key.split("_", 4)[2];
    }

    private void send() {
        var traffic = new Traffic(SEED, "demo", now, BACK);
        try (var producers = new Producers(dev.kafka(), dev.registry())) {
            List<SpecificRecordBase> sent = new ArrayList<>();
            while (sent.size() < EVENTS) {
                SpecificRecordBase event = traffic.next();
                if (SOME.contains(event.get("external_customer_id").toString())) {
                    sent.add(event);
                }
            }
            sent.add(request("demo", again.id(), again.customer(), Instant.parse(again.occurredAt())));
            sent.add(request("demo", "late", "customer_12", now.minus(BACK)));
            for (int i = 0; i < sent.size(); i++) {
                producers.send(sent.get(i), PLACINGS.get(i % PLACINGS.size()));
                oracle.counts(sent.get(i));
            }
            sent.subList(0, 20).forEach(event -> producers.send(event, Placing.JAVA));
            producers.send(conflict(), Placing.JAVA);
            producers.send(request("demo", "too-late", "plain", now.minus(Duration.ofDays(40))), Placing.JAVA);
            producers.sendRaw(true, new byte[] {1, 2, 3});
            for (int i = 0; i < 5; i++) {
                SpecificRecordBase theirs = request("acme", "a" + i, "other-" + i % 2, now.minus(Duration.ofDays(i)));
                producers.send(theirs, Placing.JAVA);
                oracle.counts(theirs);
            }
            producers.flush();
        }
    }

    private RequestEvent conflict() {
        RequestEvent first = request("demo", again.id(), again.customer(), Instant.parse(again.occurredAt()));
        return RequestEvent.newBuilder(first).setInputTokens(8).build();
    }

    /** An event that is the same for the same words, whenever it is made. */
    static RequestEvent request(String tenant, String id, String customer, Instant occurredAt) {
        return RequestEvent.newBuilder()
                .setId(id)
                .setTenantId(tenant)
                .setExternalCustomerId(customer)
                .setOccurredAt(occurredAt)
                .setModel("gpt-x")
                .setInputTokens(7)
                .setOutputTokens(3)
                .setCredits(new BigDecimal("1.250000000"))
                .setCost(new BigDecimal("0.004200000"))
                .setCurrency("USD")
                .build();
    }

    /** One that is named, one that is inactive, one that is deleted, one that used nothing; one of another tenant. */
    private void customers() throws Exception {
        await().atMost(Duration.ofSeconds(30)).until(() -> SOME.stream().allMatch(this::isRegistered));
        done(200, api.send("PATCH", CUSTOMERS + "plain", "{\"name\":\"Ada Größe\",\"email\":\"Ada@Example.org\"}"));
        done(200, api.send("PATCH", CUSTOMERS + "customer_10", "{\"is_active\":false}"));
        done(204, api.send("DELETE", CUSTOMERS + "customer_11", ""));
        String silent =
                "{\"external_id\":\"silent\",\"name\":\"S\",\"country_code\":\"DE\",\"metadata\":{\"plan\":\"pro\"}}";
        done(201, api.send("POST", "/api/v1/customers", silent));
        done(201, new Api(dev.http(), keys.getOrDefault("acme", "")).send("POST", "/api/v1/customers", silent));
        await().until(() -> api.json(BY_CUSTOMER).get("excluded").asInt() == 2);
    }

    private boolean isRegistered(String customer) {
        try {
            return api.get(CUSTOMERS + Api.encoded(customer)).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> untold() {
        var feed = Compacted.latest(dev.kafka(), dev.registry(), "tidemark.usage-feed", UsageTotals.class);
        feed.keySet().removeIf(key -> key.startsWith("acme/"));
        return Feed.differences(feed, "demo", oracle, firstMonth(), lastMonth()).stream()
                .filter(difference -> !difference.startsWith("demo/other-"))
                .toList();
    }

    private List<String> differencesFromTheOracle() throws Exception {
        var differences = new ArrayList<String>();
        for (String customer : oracle.customers()) {
            var asked = new Api(dev.http(), keys.getOrDefault(customer.startsWith("other-") ? "acme" : "demo", ""));
            for (YearMonth month = firstMonth(); !month.isAfter(lastMonth()); month = month.plusMonths(1)) {
                Instant from = start(month);
                Instant to = start(month.plusMonths(1));
                differences.addAll(Comparison.differences(
                        customer, asked.usage(customer, from, to), oracle.meters(customer, from, to)));
            }
        }
        return differences;
    }

    private void ask() throws Exception {
        for (YearMonth month = firstMonth(); !month.isAfter(lastMonth()); month = month.plusMonths(1)) {
            for (String customer : SOME.stream().sorted().toList()) {
                ask("demo", CUSTOMERS + Api.encoded(customer) + "/usage?timezone=UTC&period=" + month);
            }
            ask("acme", CUSTOMERS + "other-1/usage?timezone=UTC&period=" + month);
            ask("demo", BY_CUSTOMER + "&period=" + month);
            ask("demo", BY_CUSTOMER + "&include_inactive=true&period=" + month);
            ask("next", BY_CUSTOMER + "&period=" + month);
            ask("revoked", BY_CUSTOMER + "&period=" + month);
            ask("rotated", BY_CUSTOMER + "&period=" + month);
        }
        tokens();
        for (String customer : SOME.stream().sorted().toList()) {
            ask("demo", "/api/v1/customer-by-external-id/" + Api.encoded(customer));
        }
        for (String path : List.of(
                "/api/v1/customers?per_page=100&sort_by=external_id",
                "/api/v1/customers/by-email?email=ada@example.org",
                CUSTOMERS + "silent",
                "/admin/api-keys",
                "/admin/tenants")) {
            ask("demo", path);
        }
        ask("acme", CUSTOMERS + "silent");
    }

    /** What clients were given and may come back with. */
    private void tokens() throws Exception {
        JsonNode first = api.json(BY_CUSTOMER + "&limit=4&period=" + lastMonth());
        ask(
                "demo",
                "/api/v1/usage/by-customer?cursor="
                        + first.get("meta").get("next_cursor").asText());
        ask(
                "demo",
                BY_CUSTOMER + "&period=" + lastMonth() + "&after="
                        + first.get("position").asText());
    }

    private void ask(String key, String path) throws Exception {
        questions.add(SavedAnswers.ask(new Api(dev.http(), keys.getOrDefault(key, "")), key, path));
    }

    private static void done(int expected, HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(expected);
    }

    private YearMonth firstMonth() {
        return YearMonth.from(now.minus(BACK).atZone(ZoneOffset.UTC));
    }

    private YearMonth lastMonth() {
        return YearMonth.from(now.atZone(ZoneOffset.UTC));
    }

    private static Instant start(YearMonth month) {
        return month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
