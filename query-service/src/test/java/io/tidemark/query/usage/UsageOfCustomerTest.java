package io.tidemark.query.usage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.query.FakeUsage;
import io.tidemark.query.OpenDoor;
import io.tidemark.query.customers.Sample;
import io.tidemark.streams.reading.Answer;
import io.tidemark.streams.reading.Answer.Reason;
import io.tidemark.streams.reading.CustomerUsage;
import io.tidemark.streams.reading.Freshness;
import io.tidemark.streams.reading.Period;
import io.tidemark.streams.reading.Sums;
import io.tidemark.streams.reading.Wait;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class UsageOfCustomerTest {
    private final OpenDoor door = new OpenDoor();

    @AfterEach
    void close() {
        door.close();
    }

    @Test
    void answersInTheShapeOfTheContract() throws Exception {
        var response = door.get("/api/v1/customers/customer_123/usage?period=30.00:00:00");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(response.body())
                .isEqualTo("{\"customer\":{\"id\":null,\"external_id\":\"customer_123\",\"name\":null},"
                        + "\"period\":{\"from\":\"2026-09-20T12:35:00Z\",\"to\":\"2026-10-20T12:35:00Z\"},"
                        + "\"requests\":3,\"input_tokens\":12345678901234567890,\"output_tokens\":10,"
                        + "\"cached_input_tokens\":0,\"reasoning_tokens\":1,\"credits\":\"1.25\","
                        + "\"cost\":[{\"currency\":\"EUR\",\"amount\":\"12345678901234567890123456789.000000001\"},"
                        + "{\"currency\":\"USD\",\"amount\":\"0.0042\"}],"
                        + "\"meters\":[{\"meter\":\"requests\",\"kind\":\"request\",\"count\":3,\"quantity\":\"3\","
                        + "\"credits\":\"1.25\","
                        + "\"cost\":[{\"currency\":\"EUR\",\"amount\":\"12345678901234567890123456789.000000001\"},"
                        + "{\"currency\":\"USD\",\"amount\":\"0.0042\"}]},"
                        + "{\"meter\":\"gb\",\"kind\":\"usage\",\"count\":0,\"quantity\":\"0\",\"credits\":\"0\",\"cost\":[]}],"
                        + "\"as_of\":\"2026-10-20T12:34:56.123Z\",\"complete\":true,\"missing_partitions\":[],"
                        + "\"position\":\"a-position\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/customers/c/usage", "/v1/customer-by-external-id/c/usage"})
    void saysWhatATotalWasMadeOfWhereThatIsAskedFor(String path) throws Exception {
        String plain = door.get(path + "?period=30d&explain=false").body();
        String explained = door.get(path + "?period=30d&explain=true").body();
        assertThat(explained)
                .isEqualTo(plain.substring(0, plain.length() - 1)
                        + ",\"explain\":{\"asked\":{\"from\":\"2026-09-20T12:35:00Z\",\"to\":\"2026-10-20T12:35:00Z\"},"
                        + "\"pages\":[{\"granularity\":\"day\","
                        + "\"period\":{\"from\":\"2026-10-20T00:00:00Z\",\"to\":\"2026-10-21T00:00:00Z\"},"
                        + "\"slots\":{\"from\":4,\"to\":96,\"present\":2},\"meter\":\"requests\",\"kind\":\"request\","
                        + "\"currency\":\"USD\",\"count\":3,\"input_tokens\":12345678901234567890,\"output_tokens\":10,"
                        + "\"cached_input_tokens\":0,\"reasoning_tokens\":1,\"quantity\":\"3\",\"credits\":\"1.25\","
                        + "\"cost\":[{\"currency\":\"EUR\",\"amount\":\"12345678901234567890123456789.000000001\"},"
                        + "{\"currency\":\"USD\",\"amount\":\"0.0042\"}],"
                        + "\"last_changed_at\":\"2026-10-20T12:34:56Z\",\"late\":null,\"corrected\":null}],"
                        + "\"beyond\":{\"pages\":0,\"count\":0,\"input_tokens\":0,\"output_tokens\":0,"
                        + "\"cached_input_tokens\":0,\"reasoning_tokens\":0,\"credits\":\"0\",\"cost\":[]},"
                        + "\"handled\":[{\"topic\":\"tidemark.requests\",\"partition\":3,\"offset\":41}],"
                        + "\"kept\":{\"minutes_from\":\"2026-09-12T00:00:00Z\",\"quarters_from\":null}}}");
    }

    @Test
    void explainsOrDoesNot() throws Exception {
        assertThat(door.get("/api/v1/customers/c/usage?explain=yes").body())
                .contains("{\"parameter\":\"explain\",\"message\":\"must be true or false\"}");
    }

    @Test
    void isNotAnsweredByAnInstanceThatCannotExplain() throws Exception {
        door.usage.explainsNothing();
        var response = door.get("/api/v1/customers/c/usage?explain=true");
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.body()).contains("of an older release");
        assertThat(door.get("/api/v1/customers/c/usage").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/customers/c/usage",
                "/v1/customers/c/usage",
                "/api/v1/apps/acme/customers/c/usage",
                "/api/v1/customer-by-external-id/c/usage",
                "/v1/customer-by-external-id/c/usage",
                "/api/v1/apps/acme/customer-by-external-id/c/usage"
            })
    void answersUnderEveryAlias(String path) throws Exception {
        assertThat(door.get(path).statusCode()).isEqualTo(200);
        assertThat(door.usage.asked).extracting(FakeUsage.Asked::tenant).containsExactly("acme");
        assertThat(door.usage.asked).extracting(FakeUsage.Asked::externalId).containsExactly("c");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "a%2Fb a/b",
                "a%2fb a/b",
                "userId%3AcompanionId userId:companionId",
                "userId:companionId userId:companionId",
                "a%20b 'a b'",
                "a+b a+b",
                "a%2Bb a+b",
                "a;jsessionid=1 a;jsessionid=1",
                "a%3Bb a;b",
                "%C3%BCber über",
                "%F0%9F%99%82 🙂",
                "%2e%2e ..",
                "..%2F..%2Fetc ../../etc",
                "a%25b a%b",
                "a%252Fb a%2Fb",
                "a%5Cb a\\b",
                "%22%3Cx%3E \"<x>",
                "a%3Fb a?b",
                "a@b a@b",
                "%FF%C3%A9 ''"
            })
    void takesExternalIdsVerbatim(String segment, String id) throws Exception {
        var response = door.get("/api/v1/customer-by-external-id/" + segment + "/usage");
        if (id.isEmpty()) {
            assertThat(response.statusCode()).isEqualTo(400);
        } else {
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            assertThat(door.usage.asked).extracting(FakeUsage.Asked::externalId).containsExactly(id);
            assertThat(OpenDoor.json(response).at("/customer/external_id").asText())
                    .isEqualTo(id);
        }
    }

    @Test
    void takesExternalIdsOf256BytesAndNoMore() throws Exception {
        assertThat(door.get("/api/v1/customers/" + "%C3%A9".repeat(128) + "/usage")
                        .statusCode())
                .isEqualTo(200);
        assertThat(door.get("/api/v1/customers/" + "%C3%A9".repeat(128) + "x/usage")
                        .statusCode())
                .isEqualTo(400);
        assertThat(door.usage.asked).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%00", "a%0Ab", "%7F", "%C2%85", "%0d%0aSet-Cookie:x", "%C3"})
    void refusesIdsThatCannotBe(String segment) throws Exception {
        var response = door.get("/api/v1/customers/" + segment + "/usage");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(response.headers().map()).doesNotContainKey("Set-Cookie");
    }

    @Test
    void listsAllFaultsAtOnce() throws Exception {
        var response =
                door.get("/api/v1/customers/a%0Ab/usage?period=nonsense&timezone=Mars&foo=1&bar=2&after=&timeout=1h");
        assertThat(response.statusCode()).isEqualTo(400);
        JsonNode problem = OpenDoor.json(response);
        assertThat(problem.get("type").asText()).isEqualTo("urn:tidemark:problem:bad_request");
        assertThat(problem.get("status").asInt()).isEqualTo(400);
        assertThat(problem.get("instance").asText()).isEqualTo("/api/v1/customers/a%0Ab/usage");
        assertThat(problem.get("errors").findValuesAsText("parameter"))
                .containsExactlyInAnyOrder("id", "period", "timezone", "foo", "bar", "after", "timeout");
        assertThat(problem.get("errors").findValuesAsText("message")).hasSize(7).doesNotContain("");
    }

    @Test
    void saysThatACustomerIsUnknown() throws Exception {
        door.usage.answers(new Answer.NotFound<>());
        var response = door.get("/api/v1/customers/nobody/usage");
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(OpenDoor.json(response).get("type").asText()).isEqualTo("urn:tidemark:problem:unknown_customer");
    }

    @ParameterizedTest
    @CsvSource({"MOVING, 503, moving", "STOPPED, 503, stopped", "NOT_CAUGHT_UP, 503, not_caught_up", "BUSY, 429, busy"})
    void saysWhyAnAnswerIsNotReady(Reason reason, int status, String type) throws Exception {
        door.usage.answers(new Answer.NotReady<>(reason, "in a moment"));
        var response = door.get("/api/v1/customers/c/usage");
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(OpenDoor.json(response).get("type").asText()).isEqualTo("urn:tidemark:problem:" + type);
        assertThat(OpenDoor.json(response).get("detail").asText()).isEqualTo("in a moment");
    }

    @Test
    void saysWhichParameterTheDataFoundUnclear() throws Exception {
        door.usage.answers(new Answer.Unclear<>("after", "is not a position"));
        var response = door.get("/api/v1/customers/c/usage?after=x");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(OpenDoor.json(response).at("/errors/0/parameter").asText()).isEqualTo("after");
    }

    @Test
    void waitsForAPosition() throws Exception {
        door.get("/api/v1/customers/c/usage");
        door.get("/api/v1/customers/c/usage?after=p%2B1");
        door.get("/api/v1/customers/c/usage?after=p&timeout=500ms");
        List<Wait> waits =
                door.usage.asked.stream().map(FakeUsage.Asked::waiting).toList();
        assertThat(waits)
                .extracting(Wait::after)
                .containsExactly(Optional.empty(), Optional.of("p+1"), Optional.of("p"));
        assertThat(waits.get(0)).isEqualTo(Wait.NOT);
        // What was waited for the customers is not waited once more.
        assertThat(waits.get(1).atMost()).isBetween(Duration.ofSeconds(3), Duration.ofSeconds(5));
        assertThat(waits.get(2).atMost()).isLessThanOrEqualTo(Duration.ofMillis(500));
    }

    @Test
    void saysWhichPartitionsAreMissing() throws Exception {
        var freshness = new Freshness(Instant.EPOCH, List.of(3, 7), "p");
        var period = new Period(Instant.EPOCH, Instant.EPOCH);
        door.usage.answers(new Answer.Found<>(new CustomerUsage("c", period, 0, Sums.NONE, List.of(), freshness)));
        JsonNode body = OpenDoor.json(door.get("/api/v1/customers/c/usage"));
        assertThat(body.get("complete").asBoolean()).isFalse();
        assertThat(body.get("missing_partitions")).extracting(JsonNode::asInt).containsExactly(3, 7);
        assertThat(body.get("as_of").asText()).isEqualTo("1970-01-01T00:00:00Z");
        assertThat(body.get("period").get("to").asText()).isEqualTo("1970-01-01T00:00:00Z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"c1", "0198a7c0-0000-7000-8000-000000000001"})
    void saysWhoseUsageItIsByEitherId(String id) throws Exception {
        door.customers.put(Sample.customer(1));
        JsonNode customer =
                OpenDoor.json(door.get("/v1/customers/" + id + "/usage")).get("customer");
        assertThat(customer.toString())
                .isEqualTo(
                        "{\"id\":\"0198a7c0-0000-7000-8000-000000000001\",\"external_id\":\"c1\",\"name\":\"Name 1\"}");
        assertThat(door.usage.asked).extracting(FakeUsage.Asked::externalId).containsExactly("c1");
    }

    @Test
    void takesTheSegmentOfAnExternalIdAsNothingElse() throws Exception {
        door.customers.put(Sample.customer(1));
        door.get("/v1/customer-by-external-id/" + Sample.id(1) + "/usage");
        assertThat(door.usage.asked)
                .extracting(FakeUsage.Asked::externalId)
                .containsExactly(Sample.id(1).toString());
    }
}
