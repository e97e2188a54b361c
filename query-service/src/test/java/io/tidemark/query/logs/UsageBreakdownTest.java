package io.tidemark.query.logs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.query.OpenDoor;
import io.tidemark.query.customers.Sample;
import io.tidemark.streams.reading.Period;
import io.tidemark.streams.reading.Sums;
import io.tidemark.streams.requestlog.Breakdown;
import io.tidemark.streams.requestlog.BreakdownQuery;
import io.tidemark.streams.requestlog.BreakdownReader;
import io.tidemark.streams.requestlog.Label;
import io.tidemark.streams.requestlog.LogReach;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class UsageBreakdownTest {
    private static final LogReach WHOLE = new LogReach(Duration.ofDays(7), Optional.empty());
    private static final Period PERIOD =
            new Period(Instant.parse("2026-10-13T12:35:00Z"), Instant.parse("2026-10-20T12:35:00Z"));

    private final OpenDoor door = new OpenDoor();

    @AfterEach
    void close() {
        door.close();
    }

    private void answer(List<Breakdown.Group> groups, Optional<String> tooMuch, LogReach log) {
        door.parts().answer(BreakdownReader.KIND, query -> new Breakdown(PERIOD, groups, tooMuch, log));
    }

    @Test
    void answersInTheShapeOfTheContract() throws Exception {
        var sums = new Sums(
                2,
                BigInteger.valueOf(10),
                BigInteger.valueOf(20),
                BigInteger.ONE,
                BigInteger.TWO,
                BigDecimal.valueOf(2),
                new BigDecimal("1.250000000"),
                new TreeMap<>(Map.of("USD", new BigDecimal("0.004200000"))));
        answer(List.of(new Breakdown.Group(List.of("gpt-x", ""), sums)), Optional.empty(), WHOLE);
        var response = door.get("/api/v1/customers/c1/usage/breakdown?group_by=model,status&period=30d");
        assertThat(response.body())
                .isEqualTo(
                        "{\"customer\":{\"id\":null,\"external_id\":\"c1\",\"name\":null},"
                                + "\"period\":{\"from\":\"2026-10-13T12:35:00Z\",\"to\":\"2026-10-20T12:35:00Z\"},"
                                + "\"source\":\"request_log\",\"log\":{\"retention\":\"PT168H\",\"complete_since\":null},"
                                + "\"group_by\":[\"model\",\"status\"],"
                                + "\"data\":[{\"group\":{\"model\":\"gpt-x\",\"status\":null},\"requests\":2,\"input_tokens\":10,"
                                + "\"output_tokens\":20,\"cached_input_tokens\":1,\"reasoning_tokens\":2,\"credits\":\"1.25\","
                                + "\"cost\":[{\"currency\":\"USD\",\"amount\":\"0.0042\"}]}],"
                                + "\"as_of\":\"2026-10-20T12:00:00Z\",\"complete\":true,\"missing_partitions\":[],\"position\":\"1\"}");
        assertThat(door.parts().asked())
                .containsExactly(new BreakdownQuery(
                        "acme",
                        "c1",
                        new Period(Instant.parse("2026-09-20T12:35:00Z"), Instant.parse("2026-10-20T12:35:00Z")),
                        List.of(Label.MODEL, Label.STATUS)));
    }

    @Test
    void isOfACustomerBySomeNameOfIt() throws Exception {
        door.customers.put(Sample.customer(1));
        answer(List.of(), Optional.empty(), WHOLE);
        for (String path : List.of(
                "/api/v1/customers/" + Sample.id(1), "/v1/customers/c1", "/api/v1/customer-by-external-id/c1")) {
            JsonNode body = OpenDoor.json(door.get(path + "/usage/breakdown"));
            assertThat(body.at("/customer/id").asText()).isEqualTo(Sample.id(1).toString());
            assertThat(body.get("data")).isEmpty();
        }
        var unknown = door.get("/api/v1/customers/nobody/usage/breakdown");
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.body()).contains("unknown_customer");
    }

    @Test
    void saysToNarrowThePeriodWhereThatIsTooMuch() throws Exception {
        answer(List.of(), Optional.of("there are more requests than can be added up in 2000 ms"), WHOLE);
        var response = door.get("/api/v1/customers/c1/usage/breakdown");
        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(OpenDoor.json(response).get("type").asText()).isEqualTo("urn:tidemark:problem:too_much");
    }

    @Test
    void saysThatThereIsNoLog() throws Exception {
        answer(List.of(), Optional.empty(), new LogReach(Duration.ZERO, Optional.empty()));
        assertThat(door.get("/api/v1/customers/c1/usage/breakdown").body()).contains("request_log_off");
    }

    @ParameterizedTest
    @ValueSource(strings = {"group_by=", "group_by=colour", "group_by=model,model", "group_by=model,", "limit=3"})
    void saysWhatItDoesNotUnderstand(String query) throws Exception {
        assertThat(door.get("/api/v1/customers/c1/usage/breakdown?" + query).statusCode())
                .isEqualTo(400);
    }
}
