package io.tidemark.query.usage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.query.OpenDoor;
import io.tidemark.streams.event.Coordinates;
import io.tidemark.streams.event.EventKind;
import io.tidemark.streams.event.Source;
import io.tidemark.streams.reading.Answer;
import io.tidemark.streams.reading.Freshness;
import io.tidemark.streams.reading.PageLength;
import io.tidemark.streams.reading.Period;
import io.tidemark.streams.reading.Position;
import io.tidemark.streams.reading.UsagePages;
import io.tidemark.streams.reading.UsagePages.Name;
import io.tidemark.streams.reading.UsagePages.Page;
import io.tidemark.streams.reading.UsagePages.Question;
import io.tidemark.streams.reading.UsagePages.Slot;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PagesOfTenantTest {
    private static final String PATH = "/api/v1/usage/pages";
    private static final Instant HOUR = Instant.parse("2026-10-20T10:00:00Z");

    private final OpenDoor door = new OpenDoor();
    private final List<Integer> left = new ArrayList<>(List.of(2, 0, 3));

    @BeforeEach
    void threePartitions() {
        var position = new Position(List.of(new Coordinates(Source.USAGE, 0, 7)));
        door.parts().fresh(new Freshness(Instant.parse("2026-10-20T12:00:00Z"), List.of(), position.token()));
        door.parts().answer(UsagePages.KIND, this::said);
    }

    @AfterEach
    void close() {
        door.close();
    }

    /** Partitions that hold two pages, none, and three; asked in their order. */
    private UsagePages said(Question question) {
        int here = left.remove(0);
        int some = Math.min(here, question.limit());
        var pages = new ArrayList<Page>();
        for (int i = 0; i < some; i++) {
            pages.add(page("c" + i));
        }
        if (some < here) {
            left.add(0, here - some);
        }
        return new UsagePages(question.period(), pages, some < here, 3);
    }

    private static Page page(String customer) {
        return new Page(
                new Name(HOUR, customer, EventKind.USAGE, "storage", "USD"),
                List.of(
                        new Slot(17, numbers("1", "12500000000", "0", "4200000"), OptionalInt.of(14)),
                        new Slot(
                                18,
                                numbers("2", "0", "-1", "12345678901234567890123456789000000001"),
                                OptionalInt.empty())));
    }

    private static List<BigInteger> numbers(String... numbers) {
        return java.util.Arrays.stream(numbers).map(BigInteger::new).toList();
    }

    @Test
    void tellsOnePartitionAfterTheOtherInTheShapeOfTheContract() throws Exception {
        var response = door.get(PATH + "?period=7d");
        assertThat(response.statusCode()).isEqualTo(200);
        JsonNode body = OpenDoor.json(response);
        assertThat(body.get("data")).hasSize(5);
        assertThat(body.at("/data/0").toString())
                .isEqualTo("{\"from\":\"2026-10-20T10:00:00Z\",\"external_id\":\"c0\",\"kind\":\"usage\","
                        + "\"meter\":\"storage\",\"currency\":\"USD\",\"slots\":["
                        + "{\"slot\":17,\"only_minute\":14,\"count\":1,\"quantity\":\"12.5\",\"cost\":\"0.0042\"},"
                        + "{\"slot\":18,\"count\":2,\"credits\":\"-0.000000001\","
                        + "\"cost\":\"12345678901234567890123456789.000000001\"}]}");
        assertThat(body.get("tenant").asText()).isEqualTo("acme");
        assertThat(body.get("granularity").asText()).isEqualTo("hour");
        assertThat(body.get("slot_minutes").asInt()).isEqualTo(1);
        assertThat(body.get("complete").asBoolean()).isTrue();
        assertThat(body.at("/meta/next_cursor").isNull()).isTrue();
    }

    @Test
    void goesOnWhereItEnded() throws Exception {
        assertThat(walked("?granularity=day&from=2026-10-01T00:00:00Z&limit=1")).isEqualTo(5);
        assertThat(door.parts().asked()).allSatisfy(asked -> {
            var question = (Question) asked;
            assertThat(question.tenant()).isEqualTo("acme");
            assertThat(question.length()).isEqualTo(PageLength.DAY);
            assertThat(question.customer()).isEmpty();
            assertThat(question.period())
                    .isEqualTo(
                            new Period(Instant.parse("2026-10-01T00:00:00Z"), Instant.parse("2026-10-20T12:35:00Z")));
        });
        assertThat(door.parts().asked())
                .extracting(asked -> ((Question) asked).behind())
                .startsWith(Optional.empty(), Optional.of(page("c0").name()));
    }

    @Test
    void asksOnePartitionAboutOneCustomer() throws Exception {
        assertThat(walked("?granularity=day&from=2026-10-01T00:00:00Z&external_customer_id=c&limit=1"))
                .isEqualTo(2);
        assertThat(door.parts().asked())
                .allSatisfy(asked -> assertThat(((Question) asked).customer()).contains("c"));
    }

    private int walked(String first) throws Exception {
        String next = PATH + first;
        int pages = 0;
        while (!next.isEmpty()) {
            JsonNode body = OpenDoor.json(door.get(next));
            pages += body.get("data").size();
            JsonNode cursor = body.at("/meta/next_cursor");
            next = cursor.isNull() ? "" : PATH + "?limit=1&cursor=" + cursor.asText();
        }
        return pages;
    }

    @Test
    void saysWhyItCannotTell() throws Exception {
        door.parts().refuse(UsagePages.KIND, new Answer.NotReady<>(Answer.Reason.NOT_CAUGHT_UP, "not yet"));
        var response = door.get(PATH + "?after=AQEGAA&timeout=0s");
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(OpenDoor.json(response).get("type").asText()).endsWith(":not_caught_up");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "granularity=minute",
                "limit=0",
                "limit=1001",
                "cursor=x",
                "cursor=eyJ2IjoxfQ",
                "customer_id=a&external_customer_id=b",
                "customer_id=",
                "sort_by=cost",
                "from=yesterday"
            })
    void refusesWhatItCannotUnderstand(String query) throws Exception {
        assertThat(door.get(PATH + "?" + query).statusCode()).isEqualTo(400);
        assertThat(door.parts().asked()).isEmpty();
    }

    @Test
    void listsEveryFaultAtOnce() throws Exception {
        JsonNode body = OpenDoor.json(door.get(PATH + "?cursor=x&granularity=day&limit=x&foo=1"));
        assertThat(body.get("errors").findValuesAsText("parameter"))
                .containsExactlyInAnyOrder("cursor", "granularity", "limit", "foo");
    }
}
