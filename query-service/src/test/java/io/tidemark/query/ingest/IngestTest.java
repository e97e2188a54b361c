package io.tidemark.query.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.query.OpenDoor;
import io.tidemark.query.customers.Sample;
import io.tidemark.streams.directory.Customer;
import io.tidemark.streams.directory.Details;
import io.tidemark.streams.event.EventKind;
import io.tidemark.streams.event.Fate;
import io.tidemark.streams.event.Fault;
import io.tidemark.streams.event.Reason;
import io.tidemark.streams.fates.Told;
import java.math.BigDecimal;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class IngestTest {
    private final OpenDoor door = new OpenDoor();

    @AfterEach
    void close() {
        door.close();
    }

    private HttpResponse<String> post(String path, String body, String... headers) throws Exception {
        var all = new ArrayList<>(List.of("X-Api-Key", OpenDoor.INGEST_KEY, "Content-Type", "application/json"));
        all.addAll(List.of(headers));
        return door.send("POST", path, BodyPublishers.ofString(body), all.toArray(String[]::new));
    }

    private Map<String, ?> only() {
        assertThat(door.intake.taken).hasSize(1);
        return door.intake.prepared.get(0);
    }

    @Test
    void takesARequestWithWhateverMayBeLeftOut() throws Exception {
        var reply = post(
                "/api/v1/requests", "{\"customerId\":\"c\",\"inputTokens\":10,\"cost\":\"0.10\",\"currency\":\"USD\"}");
        JsonNode body = OpenDoor.json(reply);
        assertThat(reply.statusCode()).isEqualTo(202);
        assertThat(body.path("status").asText()).isEqualTo("accepted");
        assertThat(body.path("position").asText()).isEqualTo("a-position");
        assertThat(reply.headers().firstValue("Tidemark-Position")).hasValue("a-position");
        assertThat(body.at("/warnings/0/code").asText()).isEqualTo("generated_id");
        assertThat(body.has("outcome")).isFalse();
        assertThat(only().get("id")).isEqualTo(body.path("id").asText());
        assertThat(only().get("occurred_at")).isEqualTo(OpenDoor.NOW);
        assertThat(only().get("tenant_id")).isEqualTo("acme");
        assertThat(only().get("input_tokens")).isEqualTo(10L);
        assertThat(only().get("cost")).isEqualTo(new BigDecimal("0.1"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "the header goes first | h | {'customerId':'b','user':'u'} | h",
                "then what the body says | | {'customerId':'b','user':'u'} | b",
                "the external id | | {'external_customer_id':'b','user':'u'} | b",
                "by its other name | | {'customerExternalId':'b','user':'u'} | b",
                "then the user | | {'user':'u'} | u",
                "a UUID nobody has is an external id | | {'customer_id':'019d6258-07ba-7418-83be-58f5fde53e4e'} | 019d6258-07ba-7418-83be-58f5fde53e4e",
            })
    void findsWhoseRequestItIs(String name, String header, String body, String customer) throws Exception {
        String[] headers = header == null ? new String[0] : new String[] {"X-Shuttle-Customer-Id", header};
        assertThat(post("/v1/requests", body.replace('\'', '"'), headers).statusCode())
                .as(name)
                .isEqualTo(202);
        assertThat(only().get("external_customer_id")).isEqualTo(customer);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "both | {'customer_id':'019d6258-07ba-7418-83be-58f5fde53e4e','external_customer_id':'c'} | 400 | /external_customer_id",
                "neither | {} | 400 | /external_customer_id",
                "a user is nobody's usage | {'user':'u'} | 400 | /external_customer_id",
                "no UUID | {'customer_id':'c'} | 400 | /customer_id",
                "two spellings | {'externalCustomerId':'c','external_customer_id':'c'} | 400 | /external_customer_id",
                "an unknown UUID | {'customer_id':'019d6258-07ba-7418-83be-58f5fde53e4e'} | 404 |",
            })
    void asksUsageForExactlyOneName(String name, String customer, int status, String pointer) throws Exception {
        String rest = "'id':'1','meter':'m','quantity':1}";
        String body = (customer.equals("{}") ? "{" : customer.replace("}", ",")) + rest;
        var reply = post("/v1/usage", body.replace('\'', '"'));
        assertThat(reply.statusCode()).as(name + ": " + reply.body()).isEqualTo(status);
        if (pointer != null) {
            assertThat(OpenDoor.json(reply).at("/errors/0/pointer").asText()).isEqualTo(pointer);
            assertThat(OpenDoor.json(reply).path("errors")).hasSize(1);
        }
        assertThat(door.intake.taken).isEmpty();
    }

    @Test
    void knowsACustomerByOurUuidUnlessItWasErased() throws Exception {
        door.customers.put(Sample.called(1, "c/1"));
        var erased = new Customer(
                Sample.id(2),
                "acme",
                "erased-" + Sample.id(3),
                4,
                new Details(Map.of(), Map.of()),
                true,
                false,
                OpenDoor.NOW,
                OpenDoor.NOW,
                Optional.empty(),
                Optional.empty(),
                Optional.of(OpenDoor.NOW));
        assertThat(erased.isErased()).isTrue();
        door.customers.put(erased);
        String usage = "{\"id\":\"1\",\"customer_id\":\"%s\",\"meter\":\"m\",\"quantity\":1}";
        assertThat(post("/v1/usage", usage.formatted(Sample.id(1))).statusCode())
                .isEqualTo(202);
        assertThat(only().get("external_customer_id")).isEqualTo("c/1");
        assertThat(post("/v1/usage", usage.formatted(Sample.id(2))).statusCode())
                .isEqualTo(404);
        assertThat(post("/v1/requests", "{\"customerId\":\"" + Sample.id(2) + "\"}")
                        .statusCode())
                .isEqualTo(404);
        assertThat(door.intake.taken).hasSize(1);
    }

    @Test
    void givesUsageTheIdOfTheIdempotencyKeyOrNone() throws Exception {
        String body = "{\"external_customer_id\":\"c\",\"meter_token\":\"m\",\"units\":\"2.5\"}";
        assertThat(post("/v1/usage", body).statusCode()).isEqualTo(422);
        var reply = post("/v1/usage", body, "Idempotency-Key", "k-1");
        assertThat(OpenDoor.json(reply).path("id").asText()).isEqualTo("k-1");
        assertThat(only().get("quantity")).isEqualTo(new BigDecimal("2.5"));
        String own = body.replace("{", "{\"id\":\"mine\",");
        assertThat(OpenDoor.json(post("/v1/usage", own, "Idempotency-Key", "k-1"))
                        .path("id")
                        .asText())
                .isEqualTo("mine");
    }

    @Test
    void saysEveryFaultOfAnEventAtOnce() throws Exception {
        var reply = post(
                "/v1/usage",
                "{\"external_customer_id\":\"\",\"meter\":\"a meter\",\"quantity\":\"x\",\"occurred_at\":\"2020-01-01T00:00:00Z\","
                        + "\"cost\":1,\"credits\":1e-12,\"dimensions\":{\"a\":1}}");
        assertThat(reply.statusCode()).isEqualTo(400);
        var pointers = new ArrayList<String>();
        OpenDoor.json(reply)
                .path("errors")
                .forEach(error -> pointers.add(error.path("pointer").asText()));
        assertThat(pointers)
                .containsExactlyInAnyOrder(
                        "/external_customer_id",
                        "/meter",
                        "/quantity",
                        "/occurred_at",
                        "/currency",
                        "/credits",
                        "/dimensions");
    }

    @Test
    void warnsOfWhatItDoesNotKnow() throws Exception {
        var reply = post(
                "/v1/usage",
                "{\"id\":\"1\",\"external_customer_id\":\"c\",\"meter\":\"m\",\"quantity\":1,\"colour\":\"red\"}");
        assertThat(reply.statusCode()).isEqualTo(202);
        JsonNode warnings = OpenDoor.json(reply).path("warnings");
        assertThat(warnings.at("/0/code").asText()).isEqualTo("unknown_field");
        assertThat(warnings.at("/0/pointer").asText()).isEqualTo("/colour");
        assertThat(warnings.at("/1/code").asText()).isEqualTo("no_matching_meter");
    }

    @Test
    void tellsOfAFewFaultsAndWarningsWhereThereAreAHundredThousand() throws Exception {
        String unknown =
                IntStream.range(0, 50_000).mapToObj(i -> ",\"f" + i + "\":1").collect(Collectors.joining());
        String event = "{\"id\":\"1\",\"external_customer_id\":\"c\",\"meter\":\"m\",\"quantity\":1" + unknown + "}";
        JsonNode taken = OpenDoor.json(post("/v1/usage", event));
        assertThat(taken.path("warnings")).hasSize(32);
        var batch = post("/v1/usage/batch", "{\"events\":[]" + unknown + "}");
        assertThat(batch.statusCode()).isEqualTo(400);
        assertThat(OpenDoor.json(batch).path("errors")).hasSize(1001);
        assertThat(OpenDoor.json(batch).at("/errors/1000/message").asText()).isEqualTo("has 49000 more faults");
    }

    @Test
    void doesNotWarnOfAMeterThatTheTenantDefined() throws Exception {
        door.admin("POST", "/admin/tenants", "{\"tenant\":\"acme\",\"meters\":[\"m\"]}");
        var reply = post("/v1/usage", "{\"id\":\"1\",\"external_customer_id\":\"c\",\"meter\":\"m\",\"quantity\":1}");
        assertThat(OpenDoor.json(reply).path("warnings")).isEmpty();
    }

    @Test
    void answersABatchEventByEvent() throws Exception {
        String good = "{\"id\":\"1\",\"external_customer_id\":\"c\",\"meter\":\"m\",\"quantity\":1}";
        String bad = "{\"external_customer_id\":\"c\",\"meter\":\"m m\",\"quantity\":1}";
        var reply = post("/v1/usage/batch", "{\"events\":[" + good + "," + bad + ",7]}");
        assertThat(reply.statusCode()).isEqualTo(207);
        JsonNode results = OpenDoor.json(reply).path("results");
        assertThat(results.at("/0/status").asText()).isEqualTo("accepted");
        assertThat(results.at("/1/status").asText()).isEqualTo("invalid");
        assertThat(results.at("/1/errors")).hasSize(2);
        assertThat(results.at("/1/errors/0/pointer").asText()).isEqualTo("/events/1/meter");
        assertThat(results.at("/1/errors/1/pointer").asText()).isEqualTo("/events/1/id");
        assertThat(results.at("/2/index").asInt()).isEqualTo(2);
        assertThat(results.at("/2/errors/0/pointer").asText()).isEqualTo("/events/2");
        assertThat(door.intake.taken).hasSize(1);
        var bare = post("/v1/requests/batch", "[{\"user\":\"u\"},{\"user\":\"v\"}]", "Idempotency-Key", "k");
        assertThat(bare.statusCode()).isEqualTo(202);
        assertThat(OpenDoor.json(bare).at("/results/1/id").asText()).isEqualTo("k/1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | ",
                "7 | ",
                "{} | ",
                "[] | ",
                "{'events':1} | /events",
                "{'events':[],'other':[[1]]} | /other",
                "[{'user':'u'} | ",
                "[{'user':'u'}] [] | ",
                "[{'user':''}] | /0/user"
            })
    void refusesABatchInWhichNothingIsRight(String body, String pointer) throws Exception {
        var reply = post("/v1/requests/batch", body == null ? "" : body.replace('\'', '"'));
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(400);
        assertThat(OpenDoor.json(reply).at("/errors/0/pointer").asText()).isEqualTo(pointer == null ? "" : pointer);
        assertThat(door.intake.taken).isEmpty();
    }

    @Test
    void takesAThousandEventsAtOnceAndNotMore() throws Exception {
        String events = "{\"user\":\"u\"}" + ",{\"user\":\"u\"}".repeat(999);
        assertThat(post("/v1/requests/batch", "[" + events + "]").statusCode()).isEqualTo(202);
        assertThat(door.intake.taken).hasSize(1000);
        assertThat(post("/v1/requests/batch", "[" + events + ",{}]").statusCode())
                .isEqualTo(400);
        assertThat(door.intake.taken).hasSize(1000);
    }

    @Test
    void takesEightMebibytesInABatchAndOneAlone() throws Exception {
        String tag = "x".repeat(900_000);
        String event = "{\"user\":\"u\",\"model\":\"" + tag + "\"}";
        assertThat(post("/v1/requests/batch", "[" + event + ("," + event).repeat(7) + "]")
                        .statusCode())
                .isEqualTo(202);
        assertThat(post("/v1/requests/batch", "[" + event + ("," + event).repeat(9) + "]")
                        .statusCode())
                .isEqualTo(413);
        assertThat(post("/v1/requests", event + " ".repeat(200_000)).statusCode())
                .isEqualTo(413);
    }

    @Test
    void tellsWhatBecameOfAnEvent() throws Exception {
        String body = "{\"id\":\"1\",\"external_customer_id\":\"c\",\"meter\":\"m\",\"quantity\":1}";
        assertThat(OpenDoor.json(post("/v1/usage?wait=counted", body))
                        .path("outcome")
                        .asText())
                .isEqualTo("pending");
        door.intake.tells(new Told(Fate.COUNTED, List.of()));
        JsonNode counted = OpenDoor.json(post("/v1/usage?wait=counted&timeout=1s", body));
        assertThat(counted.path("outcome").asText()).isEqualTo("counted");
        assertThat(counted.has("errors")).isFalse();
        door.intake.tells(new Told(Fate.REJECTED, List.of(new Fault(Reason.TOO_OLD, "long ago", "occurred_at"))));
        JsonNode rejected = OpenDoor.json(post("/v1/usage/batch?wait=counted", "[" + body + "]"));
        assertThat(rejected.at("/results/0/status").asText()).isEqualTo("accepted");
        assertThat(rejected.at("/results/0/outcome").asText()).isEqualTo("rejected");
        assertThat(rejected.at("/results/0/errors/0/pointer").asText()).isEqualTo("/0/occurred_at");
        assertThat(rejected.at("/results/0/errors/0/message").asText()).isEqualTo("too_old: long ago");
        assertThat(post("/v1/usage?wait=long&timeout=1h", body).statusCode()).isEqualTo(400);
    }

    @Test
    void doesNotSayAcceptedOfWhatTheBrokerHasNotAcknowledged() throws Exception {
        door.intake.loseEverything();
        String body = "{\"id\":\"1\",\"external_customer_id\":\"c\",\"meter\":\"m\",\"quantity\":1}";
        var reply = post("/v1/usage", body);
        assertThat(reply.statusCode()).isEqualTo(503);
        assertThat(reply.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(post("/v1/usage/batch", "[" + body + "]").statusCode()).isEqualTo(503);
        assertThat(post("/v1/usage/batch", "[" + body + ",{}]").statusCode()).isEqualTo(207);
    }

    @Test
    void takesNoMoreEventsOfAKeyThanItMaySend() throws Exception {
        try (var strict = new OpenDoor(600)) {
            String batch = "[" + "{\"user\":\"u\"},".repeat(999) + "{\"user\":\"u\"}]";
            String[] headers = {"X-Api-Key", OpenDoor.INGEST_KEY};
            var first = strict.send("POST", "/v1/requests/batch", BodyPublishers.ofString(batch), headers);
            assertThat(first.statusCode()).isEqualTo(202);
            assertThat(first.headers().firstValue("RateLimit-Policy")).hasValue("\"events\";q=1200;w=2");
            assertThat(first.headers().firstValue("RateLimit")).hasValue("\"events\";r=200;t=2");
            var second = strict.send("POST", "/v1/requests/batch", BodyPublishers.ofString(batch), headers);
            assertThat(second.statusCode()).isEqualTo(429);
            assertThat(OpenDoor.json(second).path("type").asText()).endsWith(":rate_limited");
            assertThat(second.headers().firstValue("Retry-After")).hasValue("2");
            assertThat(strict.intake.taken).hasSize(1000);
            strict.clock.pass(java.time.Duration.ofSeconds(2));
            assertThat(strict.send("POST", "/v1/requests/batch", BodyPublishers.ofString(batch), headers)
                            .statusCode())
                    .isEqualTo(202);
            // Another key has a bucket of its own.
            assertThat(strict.send(
                                    "POST",
                                    "/v1/requests/batch",
                                    BodyPublishers.ofString(batch),
                                    "X-Api-Key",
                                    OpenDoor.OTHER_KEY)
                            .statusCode())
                    .isEqualTo(202);
        }
    }

    @Test
    void letsOnlyKeysInThatMayIngest() throws Exception {
        assertThat(post("/v1/requests", "{\"user\":\"u\"}", "X-Api-Key", "").statusCode())
                .isEqualTo(401);
        var read = door.send(
                "POST", "/v1/requests", BodyPublishers.ofString("{\"user\":\"u\"}"), "X-Api-Key", OpenDoor.KEY);
        assertThat(read.statusCode()).isEqualTo(403);
        assertThat(post("/api/v1/apps/globex/requests", "{\"user\":\"u\"}").statusCode())
                .isEqualTo(404);
        assertThat(post("/api/v1/apps/acme/requests", "{\"user\":\"u\"}").statusCode())
                .isEqualTo(202);
        assertThat(only().get("tenant_id")).isEqualTo("acme");
        assertThat(door.intake.taken.get(0).kind()).isEqualTo(EventKind.REQUEST);
    }
}
