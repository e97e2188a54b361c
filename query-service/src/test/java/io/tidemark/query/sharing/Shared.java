package io.tidemark.query.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.query.OpenDoor;
import io.tidemark.streams.event.EventKind;
import io.tidemark.streams.reading.MeterUsage;
import io.tidemark.streams.reading.Sums;
import io.tidemark.streams.reading.UsageSeries;
import io.tidemark.streams.requestlog.Breakdown;
import io.tidemark.streams.requestlog.BreakdownReader;
import io.tidemark.streams.requestlog.LogReach;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A tenant that shares, and whoever has its links, at one door. */
final class Shared {
    static final String LINKS = "/api/v1/customers/c1/share-links";

    private final OpenDoor door;

    Shared(OpenDoor door) {
        this.door = door;
        var sums = new Sums(
                3,
                BigInteger.TEN,
                BigInteger.ONE,
                BigInteger.ZERO,
                BigInteger.ZERO,
                BigDecimal.valueOf(3),
                new BigDecimal("1.5"),
                new TreeMap<>(Map.of("USD", new BigDecimal("0.25"))));
        door.parts().<UsageSeries.Asked, UsageSeries>answer(UsageSeries.KIND, asked -> {
            var windows = new ArrayList<>(Collections.nCopies(asked.bounds().size() - 1, List.<MeterUsage>of()));
            windows.set(0, List.of(new MeterUsage(EventKind.REQUEST, "requests", sums)));
            return new UsageSeries(true, asked.period(), Optional.empty(), windows);
        });
        door.parts()
                .answer(
                        BreakdownReader.KIND,
                        query -> new Breakdown(
                                query.period(),
                                List.of(new Breakdown.Group(List.of("gpt-x"), sums)),
                                Optional.empty(),
                                new LogReach(Duration.ofDays(7), Optional.empty())));
    }

    HttpResponse<String> tenant(String method, String path, String body) throws Exception {
        return door.send(method, path, HttpRequest.BodyPublishers.ofString(body), "X-Api-Key", OpenDoor.WRITE_KEY);
    }

    JsonNode made(String body) throws Exception {
        var response = tenant("POST", LINKS, body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        return OpenDoor.json(response);
    }

    HttpResponse<String> holder(JsonNode link, String path) throws Exception {
        return door.get(path, "Authorization", "Bearer " + link.get("token").asText());
    }

    /** What somebody with that link is answered to all there is for it. */
    List<Integer> statuses(JsonNode link) throws Exception {
        var statuses = new ArrayList<Integer>();
        for (String path : List.of("/api/v1/shared", "/v1/shared/usage", "/api/v1/apps/acme/shared/usage/breakdown")) {
            statuses.add(holder(link, path).statusCode());
        }
        return statuses;
    }
}
