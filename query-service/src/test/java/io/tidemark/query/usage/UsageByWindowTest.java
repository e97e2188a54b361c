package io.tidemark.query.usage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.query.OpenDoor;
import io.tidemark.streams.event.EventKind;
import io.tidemark.streams.reading.MeterUsage;
import io.tidemark.streams.reading.Period;
import io.tidemark.streams.reading.Sums;
import io.tidemark.streams.reading.UsageSeries;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@NullMarked
final class UsageByWindowTest {
    private static final String TWO_DAYS = "from=2026-10-24T22:00:00Z&to=2026-10-26T23:00:00Z&timezone=Europe/Berlin";

    private final OpenDoor door = new OpenDoor();

    @AfterEach
    void close() {
        door.close();
    }

    private static MeterUsage requests(long count) {
        return new MeterUsage(
                EventKind.REQUEST,
                "requests",
                new Sums(
                        count,
                        BigInteger.TEN,
                        BigInteger.ZERO,
                        BigInteger.ZERO,
                        BigInteger.ZERO,
                        BigDecimal.valueOf(count),
                        new BigDecimal("0.1"),
                        new TreeMap<>(Map.of("EUR", new BigDecimal("0.000000001")))));
    }

    /** In the first window there was something, in the others nothing. */
    private static UsageSeries answered(UsageSeries.Asked asked) {
        var windows = new ArrayList<>(Collections.nCopies(asked.bounds().size() - 1, List.<MeterUsage>of()));
        windows.set(0, List.of(requests(3)));
        return new UsageSeries(true, asked.period(), Optional.empty(), windows);
    }

    private JsonNode ask(String path) throws Exception {
        var response = door.get(path);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return OpenDoor.json(response);
    }

    @Test
    void cutsByTheZonesCalendarAndSaysEveryWindow() throws Exception {
        door.parts().answer(UsageSeries.KIND, UsageByWindowTest::answered);
        JsonNode usage = ask("/api/v1/customers/c/usage?window=day&" + TWO_DAYS);
        assertThat(usage.at("/customer/external_id").textValue()).isEqualTo("c");
        assertThat(usage.at("/window").textValue()).isEqualTo("day");
        assertThat(usage.at("/windows")).hasSize(2);
        assertThat(usage.at("/windows/0/to").textValue())
                .as("a day of 25 hours")
                .isEqualTo("2026-10-25T23:00:00Z");
        assertThat(usage.at("/windows/1/requests").longValue()).isZero();
        assertThat(usage.at("/windows/1/meters")).isEmpty();
        assertThat(usage.at("/requests").longValue()).isEqualTo(3);
        assertThat(usage.at("/cost/0/amount").textValue()).isEqualTo("0.000000001");
        assertThat(usage.at("/complete").booleanValue()).isTrue();
        assertThat(door.parts().asked())
                .containsExactly(new UsageSeries.Asked(
                        "acme",
                        Optional.of("c"),
                        true,
                        List.of(
                                Instant.parse("2026-10-24T22:00:00Z"),
                                Instant.parse("2026-10-25T23:00:00Z"),
                                Instant.parse("2026-10-26T23:00:00Z"))));
    }

    @Test
    void addsUpAllCustomersWithAndWithoutWindows() throws Exception {
        door.parts().answer(UsageSeries.KIND, UsageByWindowTest::answered);
        JsonNode whole = ask("/api/v1/usage?" + TWO_DAYS);
        assertThat(whole.has("windows")).isFalse();
        assertThat(whole.at("/requests").longValue()).isEqualTo(3);
        JsonNode hours = ask("/api/v1/usage?window=hour&include_inactive=true&" + TWO_DAYS);
        assertThat(hours.at("/windows")).hasSize(49);
        assertThat(hours.has("customer")).isFalse();
        assertThat(((UsageSeries.Asked) door.parts().asked().get(1)).includeInactive())
                .isTrue();
    }

    @Test
    void saysThePeriodThatItCovers() throws Exception {
        var wider = new Period(Instant.parse("2026-10-24T21:00:00Z"), Instant.parse("2026-10-26T23:00:00Z"));
        door.parts()
                .<UsageSeries.Asked, UsageSeries>answer(
                        UsageSeries.KIND,
                        asked -> new UsageSeries(
                                true, wider, Optional.empty(), answered(asked).windows()));
        JsonNode usage = ask("/api/v1/usage?window=day&" + TWO_DAYS);
        assertThat(usage.at("/period/from").textValue()).isEqualTo("2026-10-24T21:00:00Z");
        assertThat(usage.at("/windows/0/from").textValue()).isEqualTo("2026-10-24T21:00:00Z");
        assertThat(((UsageSeries.Asked) door.parts().asked().get(1)).period())
                .as("asked again with what partitions need")
                .isEqualTo(wider);
    }

    @Test
    void refusesWhatIsNotKeptSoFinely() throws Exception {
        door.parts()
                .<UsageSeries.Asked, UsageSeries>answer(
                        UsageSeries.KIND,
                        asked -> new UsageSeries(
                                true,
                                asked.period(),
                                Optional.of(asked.bounds().get(1)),
                                answered(asked).windows()));
        var response = door.get("/api/v1/usage?window=minute&period=1h");
        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(OpenDoor.json(response).at("/type").textValue()).isEqualTo("urn:tidemark:problem:window_too_fine");
    }

    @Test
    void knowsNobodyWhoIsInNoListAndWasNeverCounted() throws Exception {
        door.parts()
                .<UsageSeries.Asked, UsageSeries>answer(
                        UsageSeries.KIND,
                        asked -> new UsageSeries(
                                false,
                                asked.period(),
                                Optional.empty(),
                                answered(asked).windows()));
        assertThat(door.get("/api/v1/customers/nobody/usage?window=day").statusCode())
                .isEqualTo(404);
    }

    @Test
    void saysEveryFaultAtOnce() throws Exception {
        var response = door.get("/api/v1/usage?window=second&foo=1&include_inactive=2");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(OpenDoor.json(response).at("/errors")).hasSize(3);
        assertThat(OpenDoor.json(door.get("/api/v1/usage?window=minute&period=30d"))
                        .at("/errors/0/message")
                        .textValue())
                .contains("more than 3000 windows");
    }
}
