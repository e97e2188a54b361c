package io.tidemark.query.logs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.query.OpenDoor;
import io.tidemark.query.customers.Sample;
import io.tidemark.streams.event.Source;
import io.tidemark.streams.intake.WholeRequest;
import io.tidemark.streams.requestlog.Label;
import io.tidemark.streams.requestlog.LogPage;
import io.tidemark.streams.requestlog.LogQuery;
import io.tidemark.streams.requestlog.LogReach;
import io.tidemark.streams.requestlog.LoggedRequest;
import io.tidemark.streams.requestlog.PageReader;
import io.tidemark.streams.requestlog.Place;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RequestLogsTest {
    private static final String PATH = "/api/v1/request-logs";
    private static final Instant AT = Instant.parse("2026-10-20T12:34:55.250001Z");
    private static final LogReach WHOLE =
            new LogReach(Duration.ofDays(7), Optional.of(Instant.parse("2026-10-13T12:34:55Z")));

    private final OpenDoor door = new OpenDoor();

    @BeforeEach
    void answer() {
        door.parts().answer(PageReader.KIND, query -> page(query, 3));
    }

    @AfterEach
    void close() {
        door.close();
    }

    /** As if there were so many requests, one each second. */
    private static LogPage page(LogQuery query, int there) {
        var rows = new ArrayList<LoggedRequest>();
        for (int i = 0; i < there; i++) {
            LoggedRequest row = row(i);
            if (query.after().map(after -> row.place().compareTo(after) > 0).orElse(true)) {
                rows.add(row);
            }
        }
        int most = Math.min(rows.size(), query.limit() + 1);
        return new LogPage(rows.subList(0, most), Optional.empty(), WHOLE);
    }

    private static LoggedRequest row(int number) {
        Instant at = AT.minusSeconds(number);
        var place = new Place(at.getEpochSecond() * 1_000_000 + 250_001, Source.REQUESTS, 3, 17 - number);
        boolean bare = number > 0;
        return new LoggedRequest(
                place,
                at.plusMillis(50),
                new WholeRequest(
                        "r" + number,
                        "",
                        "acme",
                        "c1",
                        at,
                        bare ? "" : "chat",
                        "",
                        bare ? "" : "gpt-x",
                        "",
                        "",
                        bare ? "" : "ok",
                        bare ? OptionalLong.empty() : OptionalLong.of(850),
                        1200,
                        300,
                        7,
                        8,
                        new BigDecimal("1.250000000"),
                        new BigDecimal(bare ? "0E-9" : "0.004200000"),
                        bare ? "" : "USD",
                        bare ? Map.of() : Map.of("Team", "search")));
    }

    @Test
    void answersInTheShapeOfTheContract() throws Exception {
        door.customers.put(Sample.customer(1));
        var response = door.get(PATH + "?limit=2");
        assertThat(response.statusCode()).isEqualTo(200);
        JsonNode body = OpenDoor.json(response);
        assertThat(body.at("/data/0").toString())
                .isEqualTo("{\"id\":\"r0\",\"source\":null,\"customer\":{\"id\":\"" + Sample.id(1)
                        + "\",\"external_id\":\"c1\",\"name\":"
                        + body.at("/data/0/customer/name")
                        + "},\"occurred_at\":\"2026-10-20T12:34:55.250001Z\",\"arrived_at\":\"2026-10-20T12:34:55.300001Z\","
                        + "\"operation\":\"chat\",\"provider\":null,\"model\":\"gpt-x\",\"flow\":null,\"environment\":null,"
                        + "\"status\":\"ok\",\"latency_ms\":850,\"input_tokens\":1200,\"output_tokens\":300,"
                        + "\"cached_input_tokens\":7,\"reasoning_tokens\":8,\"credits\":\"1.25\",\"cost\":\"0.0042\","
                        + "\"currency\":\"USD\",\"tags\":{\"Team\":\"search\"},"
                        + "\"record\":{\"topic\":\"requests\",\"partition\":3,\"offset\":17}}");
        assertThat(body.at("/data/0/customer/name").isTextual()).isTrue();
        assertThat(body.at("/data/1/latency_ms").isNull()).isTrue();
        assertThat(body.at("/data/1/cost").asText()).isEqualTo("0");
        assertThat(body.get("data")).hasSize(2);
        assertThat(body.get("period").isNull()).isTrue();
        assertThat(body.get("log").toString())
                .isEqualTo("{\"retention\":\"PT168H\",\"complete_since\":\"2026-10-13T12:34:55Z\"}");
        assertThat(body.get("complete").asBoolean()).isTrue();
    }

    @Test
    void asksWhatTheParametersSay() throws Exception {
        door.customers.put(Sample.customer(1));
        door.get(PATH);
        door.get("/v1/llm-logs?customerId=" + Sample.id(1) + "&status=error&model=&flow=a+b&tag=team:a:b&limit=7");
        door.get("/api/v1/apps/acme/llm-logs?external_customer_id=" + Sample.id(1)
                + "&from=2026-10-01T00:00:00Z&to=2026-10-02T00:00:30Z");
        assertThat(door.parts().asked())
                .containsExactly(
                        query(Optional.empty(), Map.of(), Optional.empty(), 100),
                        query(
                                Optional.of("c1"),
                                Map.of(Label.STATUS, "error", Label.MODEL, "", Label.FLOW, "a b"),
                                Optional.of(new LogQuery.Tag("team", "a:b")),
                                7),
                        new LogQuery(
                                "acme",
                                Optional.of(Sample.id(1).toString()),
                                Optional.of(Instant.parse("2026-10-01T00:00:00Z")),
                                Optional.of(Instant.parse("2026-10-02T00:00:00Z")),
                                Map.of(),
                                Optional.empty(),
                                Optional.empty(),
                                100));
    }

    private static LogQuery query(
            Optional<String> customer, Map<Label, String> where, Optional<LogQuery.Tag> tag, int limit) {
        return new LogQuery("acme", customer, Optional.empty(), Optional.empty(), where, tag, Optional.empty(), limit);
    }

    @Test
    void goesOnFromThePlaceWhereAPageEnded() throws Exception {
        door.parts().answer(PageReader.KIND, query -> page(query, 8));
        var ids = new ArrayList<String>();
        String asked = PATH + "?status=ok&period=7d&limit=3";
        JsonNode body = OpenDoor.json(door.get(asked));
        String next = body.at("/meta/next_cursor").asText();
        body.get("data").forEach(row -> ids.add(row.get("id").asText()));
        door.clock.pass(Duration.ofMinutes(5));
        while (!body.at("/meta/next_cursor").isNull()) {
            next = body.at("/meta/next_cursor").asText();
            // Parameters may be repeated as they were written, or left out.
            body = OpenDoor.json(
                    door.get(ids.size() < 4 ? asked + "&cursor=" + next : PATH + "?limit=3&cursor=" + next));
            body.get("data").forEach(row -> ids.add(row.get("id").asText()));
        }
        assertThat(ids).containsExactly("r0", "r1", "r2", "r3", "r4", "r5", "r6", "r7");
        assertThat(door.parts().asked()).hasSize(3).allSatisfy(question -> {
            var query = (LogQuery) question;
            assertThat(query.where()).isEqualTo(Map.of(Label.STATUS, "ok"));
            assertThat(query.to()).contains(Instant.parse("2026-10-20T12:35:00Z"));
        });
        var other = door.get(PATH + "?status=error&cursor=" + next);
        assertThat(other.statusCode()).isEqualTo(400);
        assertThat(other.body()).contains("differs from what the cursor continues");
    }

    @Test
    void hasNoMoreWhereNothingFollowsAndMoreWhereItWasNotLookedFor() throws Exception {
        assertThat(OpenDoor.json(door.get(PATH + "?limit=3"))
                        .at("/meta/next_cursor")
                        .isNull())
                .isTrue();
        assertThat(OpenDoor.json(door.get(PATH + "?limit=2"))
                        .at("/meta/next_cursor")
                        .isTextual())
                .isTrue();
        door.parts().answer(PageReader.KIND, query -> new LogPage(List.of(), Optional.of(row(5).place()), WHOLE));
        JsonNode searched = OpenDoor.json(door.get(PATH));
        assertThat(searched.get("data")).isEmpty();
        assertThat(searched.at("/meta/next_cursor").isTextual()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "customer_id=a&customerId=b, customerId",
        "external_customer_id=, external_customer_id",
        "tag=team, tag",
        "tag=:x, tag",
        "limit=0, limit",
        "limit=1001, limit",
        "cursor=abc, cursor",
        "period=x, period",
        "from=yesterday, from",
        "nothing=1, nothing",
    })
    void saysWhatItDoesNotUnderstand(String query, String parameter) throws Exception {
        var response = door.get(PATH + "?" + query);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(OpenDoor.json(response).get("errors").findValuesAsText("parameter"))
                .contains(parameter);
        assertThat(door.parts().asked()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"v\":2,\"p\":{},\"m\":1,\"s\":1,\"n\":0,\"o\":0,\"a\":\"AQ\"}",
                "{\"v\":1,\"p\":{},\"m\":1,\"s\":9,\"n\":0,\"o\":0,\"a\":\"AQ\"}",
                "{\"v\":1,\"f\":5,\"p\":{},\"m\":1,\"s\":1,\"n\":0,\"o\":0,\"a\":\"AQ\"}",
                "{\"v\":1,\"f\":5,\"t\":4,\"p\":{},\"m\":1,\"s\":1,\"n\":0,\"o\":0,\"a\":\"AQ\"}",
                "{\"v\":1,\"f\":5,\"t\":999999999999,\"p\":{},\"m\":1,\"s\":1,\"n\":0,\"o\":0,\"a\":\"AQ\"}",
                "{\"v\":1,\"p\":{\"status\":null},\"m\":1,\"s\":1,\"n\":0,\"o\":0,\"a\":\"AQ\"}",
                "null",
                "[]"
            })
    void doesNotTakeACursorThatItDidNotGive(String json) throws Exception {
        String cursor = java.util.Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(json.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertThat(door.get(PATH + "?cursor=" + cursor).statusCode()).isEqualTo(400);
    }

    @Test
    void saysThatThereIsNone() throws Exception {
        door.parts()
                .answer(
                        PageReader.KIND,
                        query -> new LogPage(
                                List.of(), Optional.empty(), new LogReach(Duration.ZERO, Optional.empty())));
        var response = door.get(PATH);
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(OpenDoor.json(response).get("type").asText()).isEqualTo("urn:tidemark:problem:request_log_off");
    }
}
