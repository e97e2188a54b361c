package io.tidemark.query.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.query.OpenDoor;
import java.math.BigDecimal;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class CloudEventsTest {
    private static final String EVENT = """
            {"specversion":"1.0","id":"1","source":"/gateway","type":"api.calls","subject":"acme:7",
             "time":"2026-10-20T12:00:00+02:00","traceparent":"00-1",
             "data":{"quantity":"1.50","credits":2,"model":"gpt-x","cached":true,"dimensions":{"region":"eu"}}}
            """;

    private final OpenDoor door = new OpenDoor();

    @AfterEach
    void close() {
        door.close();
    }

    private HttpResponse<String> post(String body, String... headers) throws Exception {
        var all = new ArrayList<>(List.of("X-Api-Key", OpenDoor.INGEST_KEY));
        all.addAll(List.of(headers));
        return door.send("POST", "/api/v1/events", BodyPublishers.ofString(body), all.toArray(String[]::new));
    }

    private void assertWholeEvent() {
        Map<String, ?> event = door.intake.prepared.get(0);
        assertThat(event.get("id")).isEqualTo("1");
        assertThat(event.get("source")).isEqualTo("/gateway");
        assertThat(event.get("meter")).isEqualTo("api.calls");
        assertThat(event.get("external_customer_id")).isEqualTo("acme:7");
        assertThat(event.get("occurred_at")).isEqualTo(Instant.parse("2026-10-20T10:00:00Z"));
        assertThat(event.get("quantity")).isEqualTo(new BigDecimal("1.5"));
        assertThat(event.get("credits")).isEqualTo(new BigDecimal("2"));
        assertThat(event.get("dimensions")).isEqualTo(Map.of("model", "gpt-x", "cached", "true", "region", "eu"));
    }

    @Test
    void areTakenInStructuredMode() throws Exception {
        var reply = post(EVENT, "Content-Type", "application/cloudevents+json; charset=UTF-8");
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(202);
        assertWholeEvent();
    }

    @Test
    void areTakenInBatches() throws Exception {
        var reply =
                post("[" + EVENT + ",{\"specversion\":\"1.0\"}]", "Content-Type", "application/cloudevents-batch+json");
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(207);
        assertWholeEvent();
        var pointers = new ArrayList<String>();
        OpenDoor.json(reply)
                .at("/results/1/errors")
                .forEach(error -> pointers.add(error.path("pointer").asText()));
        assertThat(pointers).containsExactlyInAnyOrder("/1/id", "/1/source", "/1/type", "/1/subject");
    }

    @Test
    void areTakenInBinaryMode() throws Exception {
        var reply = post(
                "{\"quantity\":\"1.50\",\"credits\":2,\"model\":\"gpt-x\",\"cached\":true,\"dimensions\":{\"region\":\"eu\"}}",
                "Content-Type",
                "application/json",
                "ce-specversion",
                "1.0",
                "CE-ID",
                "1",
                "ce-source",
                "/gateway",
                "ce-type",
                "api.calls",
                "ce-subject",
                "acme%3A7",
                "ce-time",
                "2026-10-20T10:00:00Z");
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(202);
        assertWholeEvent();
    }

    @Test
    void inBinaryModeMayQuoteAndMustEncode() throws Exception {
        String[] headers = {
            "ce-specversion",
            "1.0",
            "ce-id",
            "1",
            "ce-source",
            "\"a \\\"b\\\" %C3%A9\"",
            "ce-type",
            "t",
            "ce-subject",
            "%22q%22"
        };
        assertThat(post("", headers).statusCode()).isEqualTo(202);
        assertThat(door.intake.prepared.get(0).get("source")).isEqualTo("a \"b\" \u00e9");
        assertThat(door.intake.prepared.get(0).get("external_customer_id")).isEqualTo("\"q\"");
        headers[9] = "%E9";
        assertThat(post("", headers).statusCode()).isEqualTo(400);
    }

    @Test
    @Timeout(20)
    void ofManyMembersAreReadInOnePass() throws Exception {
        String members =
                IntStream.range(0, 60_000).mapToObj(i -> "\"f" + i + "\":1").collect(Collectors.joining(","));
        var reply = post(
                "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"s\",\"type\":\"t\",\"subject\":\"c\",\"data\":{"
                        + members + "}}",
                "Content-Type",
                "application/cloudevents+json");
        assertThat(reply.statusCode()).isEqualTo(202);
        assertThat((Map<?, ?>) door.intake.prepared.get(0).get("dimensions")).hasSize(60_000);
    }

    @Test
    void withoutDataCountAsOne() throws Exception {
        var reply = post(
                "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"s\",\"type\":\"t\",\"subject\":\"c\"}",
                "Content-Type",
                "application/cloudevents+json");
        assertThat(reply.statusCode()).isEqualTo(202);
        assertThat(door.intake.prepared.get(0).get("quantity")).isEqualTo(BigDecimal.ONE);
        assertThat(door.intake.prepared.get(0).get("occurred_at")).isEqualTo(OpenDoor.NOW);
    }

    @Test
    void hearOfEveryFaultWhereItStands() throws Exception {
        var reply = post(
                "{\"specversion\":\"0.3\",\"id\":7,\"type\":\"a b\",\"subject\":\"c\",\"time\":\"noon\","
                        + "\"datacontenttype\":\"text/xml\",\"data\":{\"quantity\":\"many\",\"cost\":1}}",
                "Content-Type",
                "application/cloudevents+json");
        assertThat(reply.statusCode()).isEqualTo(400);
        var pointers = new ArrayList<String>();
        JsonNode errors = OpenDoor.json(reply).path("errors");
        errors.forEach(error -> pointers.add(error.path("pointer").asText()));
        assertThat(pointers)
                .containsExactlyInAnyOrder(
                        "/specversion",
                        "/id",
                        "/source",
                        "/type",
                        "/time",
                        "/datacontenttype",
                        "/data/quantity",
                        "/data/currency");
    }

    @Test
    void mustSayWhatTheyAre() throws Exception {
        assertThat(post(EVENT, "Content-Type", "application/json").statusCode()).isEqualTo(415);
        assertThat(post(EVENT).statusCode()).isEqualTo(415);
        assertThat(door.intake.taken).isEmpty();
    }
}
