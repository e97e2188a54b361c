package io.tidemark.query.usage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.query.FakeUsage;
import io.tidemark.query.FakeUsage.AskedForAll;
import io.tidemark.query.OpenDoor;
import io.tidemark.streams.reading.Answer;
import io.tidemark.streams.reading.ByCustomerQuery;
import io.tidemark.streams.reading.ByCustomerQuery.RowKey;
import io.tidemark.streams.reading.ByCustomerQuery.SortBy;
import io.tidemark.streams.reading.Period;
import io.tidemark.streams.reading.Sums;
import io.tidemark.streams.reading.UsageByCustomer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class UsageOfAllCustomersTest {
    private static final String PATH = "/api/v1/usage/by-customer";

    private final OpenDoor door = new OpenDoor();

    @AfterEach
    void close() {
        door.close();
    }

    @Test
    void answersInTheShapeOfTheContract() throws Exception {
        var response = door.get(PATH + "?period=7.00:00:00&limit=2");
        assertThat(response.statusCode()).isEqualTo(200);
        JsonNode body = OpenDoor.json(response);
        String cost = "[{\"currency\":\"EUR\",\"amount\":\"12345678901234567890123456789.000000001\"},"
                + "{\"currency\":\"USD\",\"amount\":\"0.0042\"}]";
        assertThat(body.at("/data/0").toString())
                .isEqualTo("{\"customer_id\":null,\"external_id\":\"c1\",\"name\":null,\"requests\":2,"
                        + "\"input_tokens\":12345678901234567890,\"output_tokens\":10,\"credits\":\"1.25\",\"cost\":"
                        + cost + ",\"share\":\"0.333333\"}");
        assertThat(body.at("/data/1/share").asText()).isEqualTo("0.666667");
        assertThat(body.get("totals").toString())
                .isEqualTo("{\"customers\":7,\"requests\":4,\"input_tokens\":12345678901234567890,\"output_tokens\":10,"
                        + "\"credits\":\"1.25\",\"cost\":" + cost + "}");
        assertThat(body.get("excluded").asInt()).isZero();
        assertThat(body.get("period").toString())
                .isEqualTo("{\"from\":\"2026-10-13T12:35:00Z\",\"to\":\"2026-10-20T12:35:00Z\"}");
        assertThat(body.get("timezone").asText()).isEqualTo("UTC");
        assertThat(body.get("sort").toString()).isEqualTo("{\"by\":\"cost\",\"dir\":\"desc\"}");
        assertThat(body.get("position").asText()).isEqualTo("a-position");
        assertThat(body.get("complete").asBoolean()).isTrue();
        assertThat(body.at("/meta/next_cursor").isTextual()).isTrue();
    }

    @Test
    void asksWhatTheParametersSay() throws Exception {
        door.get(PATH);
        door.get("/v1/usage/by-customer?sort_by=external_id");
        door.get("/api/v1/apps/acme/usage/by-customer?sort_by=quantity&sort_dir=asc&meter=gb&currency=EUR&limit=1000");
        assertThat(door.usage.askedForAll)
                .extracting(AskedForAll::query)
                .containsExactly(
                        query(Optional.empty(), true, Optional.empty(), Optional.empty(), 100),
                        query(Optional.of(SortBy.EXTERNAL_ID), false, Optional.empty(), Optional.empty(), 100),
                        query(Optional.of(SortBy.QUANTITY), false, Optional.of("gb"), Optional.of("EUR"), 1000));
        assertThat(door.usage.askedForAll).extracting(AskedForAll::tenant).containsOnly("acme");
    }

    @Test
    void showsQuantityWhereOneMeterIsAsked() throws Exception {
        JsonNode body = OpenDoor.json(door.get(PATH + "?meter=gb"));
        assertThat(body.at("/data/0/quantity").asText()).isEqualTo("3");
        assertThat(body.at("/totals/quantity").asText()).isEqualTo("3");
    }

    @Test
    void hasNoShareOfNothingNorOfNames() throws Exception {
        assertThat(OpenDoor.json(door.get(PATH + "?sort_by=external_id"))
                        .at("/data/0/share")
                        .isNull())
                .isTrue();
        var row = new UsageByCustomer.Row("c", Optional.empty(), Optional.empty(), 0, Sums.NONE, BigDecimal.ZERO);
        var period = new Period(Instant.EPOCH, Instant.EPOCH);
        door.usage.answersForAll(new Answer.Found<>(new UsageByCustomer(
                period, SortBy.COST, List.of(row), Sums.NONE, 0, BigDecimal.ZERO, 1, 0, false, FakeUsage.FRESH)));
        JsonNode body = OpenDoor.json(door.get(PATH));
        assertThat(body.at("/data/0/share").isNull()).isTrue();
        assertThat(body.at("/meta/next_cursor").isNull()).isTrue();
    }

    @Test
    void leavesInactiveCustomersOutUnlessAskedAndPinsThat() throws Exception {
        door.get(PATH + "?include_inactive=true");
        assertThat(door.usage.askedForAll.get(0).query().includeInactive()).isTrue();
        JsonNode faults = OpenDoor.json(door.get(PATH + "?include_inactive=yes"));
        assertThat(faults.at("/errors/0/parameter").asText()).isEqualTo("include_inactive");
        String cursor = cursorOf("?include_inactive=true&limit=2");
        int asked = door.usage.askedForAll.size();
        assertThat(door.get(PATH + "?cursor=" + cursor).statusCode()).isEqualTo(200);
        assertThat(door.usage.askedForAll.get(asked).query().includeInactive()).isTrue();
        assertThat(door.get(PATH + "?include_inactive=false&cursor=" + cursor).statusCode())
                .isEqualTo(400);
    }

    @Test
    void continuesWhereThePageEnded() throws Exception {
        String cursor = cursorOf("?period=7.00:00:00&currency=USD&meter=gb&limit=2");
        assertThat(door.get(PATH + "?limit=5&cursor=" + cursor).statusCode()).isEqualTo(200);
        AskedForAll first = door.usage.askedForAll.get(0);
        AskedForAll second = door.usage.askedForAll.get(1);
        assertThat(second.period()).isEqualTo(first.period());
        assertThat(second.query())
                .isEqualTo(new ByCustomerQuery(
                        Optional.of(SortBy.COST),
                        true,
                        Optional.of("gb"),
                        Optional.of("USD"),
                        false,
                        5,
                        Optional.of(new RowKey(new BigDecimal("2"), "c2"))));
        assertThat(second.waiting().after()).hasValue("a-position");
    }

    @Test
    void letsAPageRepeatWhatTheFirstSaid() throws Exception {
        String asked = "period=this_month&timezone=Asia/Kathmandu&sort_by=credits&sort_dir=asc&currency=USD";
        String cursor = cursorOf("?" + asked);
        assertThat(door.get(PATH + "?" + asked + "&cursor=" + cursor).statusCode())
                .isEqualTo(200);
        String instants = "from=2026-09-30T18:15:00Z&to=2026-10-31T18:15:00Z";
        assertThat(door.get(PATH + "?" + instants + "&cursor=" + cursor).statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "period=7d, period",
        "sort_by=requests, sort_by",
        "sort_dir=asc, sort_dir",
        "meter=other, meter",
        "currency=EUR, currency",
        "from=2026-10-01T00:00:00Z, from",
        "timezone=Asia/Tokyo&period=30d, timezone"
    })
    void refusesAPageThatContradictsItsCursor(String other, String parameter) throws Exception {
        String cursor = cursorOf("?period=30d&timezone=Asia/Kathmandu&meter=gb");
        String query = other.replace("timezone=Asia/Tokyo&period=30d", "timezone=Asia/Tokyo&period=today");
        var response = door.get(PATH + "?" + query + "&cursor=" + cursor);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(OpenDoor.json(response).get("errors").findValuesAsText("parameter"))
                .contains(parameter);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "!!!!",
                "bnVsbA",
                "e30",
                "{\"v\":2,\"f\":0,\"t\":1,\"s\":\"cost\",\"d\":true,\"k\":\"1\",\"e\":\"c\",\"a\":\"p\",\"p\":{}}",
                "{\"v\":1,\"f\":1,\"t\":1,\"s\":\"cost\",\"d\":true,\"k\":\"1\",\"e\":\"c\",\"a\":\"p\",\"p\":{}}",
                "{\"v\":1,\"f\":-30000000000000,\"t\":30000000000000,\"s\":\"cost\",\"d\":true,\"k\":\"0\",\"e\":\"x\",\"a\":\"AQ\",\"p\":{}}",
                "{\"v\":1,\"f\":0,\"t\":1,\"s\":\"cost\",\"d\":true,\"m\":\"a b\",\"k\":\"0\",\"e\":\"x\",\"a\":\"AQ\",\"p\":{}}",
                "{\"v\":1,\"f\":0,\"t\":999999999999999999,\"s\":\"cost\",\"d\":true,\"k\":\"1\",\"e\":\"c\",\"a\":\"p\",\"p\":{}}",
                "{\"v\":1,\"f\":0,\"t\":1,\"s\":\"cost\",\"d\":true,\"k\":\"1e999999999\",\"e\":\"c\",\"a\":\"p\",\"p\":{}}",
                "{\"v\":1,\"f\":0,\"t\":1,\"s\":\"cost\",\"d\":true,\"k\":\"1\",\"e\":\"\",\"a\":\"p\",\"p\":{}}",
                "{\"v\":1,\"f\":0,\"t\":1,\"s\":\"cost\",\"d\":true,\"k\":\"1\",\"e\":\"c\",\"a\":\"p\",\"p\":{\"x\":null}}",
                "{\"v\":1,\"f\":0,\"t\":1,\"s\":\"price\",\"d\":true,\"k\":\"1\",\"e\":\"c\",\"a\":\"p\",\"p\":{}}"
            })
    void refusesABrokenCursor(String broken) throws Exception {
        String cursor = broken.startsWith("{")
                ? Base64.getUrlEncoder().withoutPadding().encodeToString(broken.getBytes(StandardCharsets.UTF_8))
                : broken;
        var response = door.get(PATH + "?cursor=" + cursor);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(OpenDoor.json(response).get("errors").findValuesAsText("parameter"))
                .containsExactly("cursor");
    }

    @Test
    void listsAllFaultsAtOnce() throws Exception {
        var response = door.get(
                PATH + "?sort_by=price&sort_dir=up&meter=a%20b&currency=usd&limit=0&cursor=x&window=day&period=1M");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(OpenDoor.json(response).get("errors").findValuesAsText("parameter"))
                .containsExactlyInAnyOrder(
                        "sort_by", "sort_dir", "meter", "currency", "limit", "cursor", "window", "period");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1001", "-1", "1.5", "", "99999999999"})
    void refusesALimitOutOfBounds(String limit) throws Exception {
        assertThat(door.get(PATH + "?limit=" + limit).statusCode()).isEqualTo(400);
    }

    @Test
    void needsAMeterToSortByQuantity() throws Exception {
        var response = door.get(PATH + "?sort_by=quantity");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(OpenDoor.json(response).at("/errors/0/parameter").asText()).isEqualTo("meter");
    }

    private String cursorOf(String query) throws Exception {
        return OpenDoor.json(door.get(PATH + query)).at("/meta/next_cursor").asText();
    }

    private static ByCustomerQuery query(
            Optional<SortBy> sort, boolean descending, Optional<String> meter, Optional<String> currency, int limit) {
        return new ByCustomerQuery(sort, descending, meter, currency, false, limit, Optional.empty());
    }
}
