package io.tidemark.query.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.query.OpenDoor;
import io.tidemark.query.http.Front;
import io.tidemark.query.http.Limits;
import io.tidemark.streams.event.EventKind;
import io.tidemark.streams.feed.MonthUsage;
import io.tidemark.streams.reading.Answer;
import io.tidemark.streams.reading.CustomerUsage;
import io.tidemark.streams.reading.Freshness;
import io.tidemark.streams.reading.MeterUsage;
import io.tidemark.streams.reading.Period;
import io.tidemark.streams.reading.Sums;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class UsageStreamTest {
    private static final String PATH = "/api/v1/usage/stream";
    private static final YearMonth MONTH = YearMonth.of(2026, 10);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final OpenDoor door = new OpenDoor();
    private final List<Listener> listeners = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        for (Listener listener : listeners) {
            listener.close();
        }
        door.close();
    }

    @Test
    void beginsWithASnapshotAndGoesOnWithWhatChanges() throws Exception {
        Listener listener = listen("");
        Event reset = listener.next();
        assertThat(reset.name()).isEqualTo("reset");
        assertThat(reset.data().get("reason").asText()).isEqualTo("start");
        assertThat(reset.data().get("month").asText()).isEqualTo("2026-10");
        JsonNode sameAs = OpenDoor.json(door.get("/api/v1/usage/by-customer?period=2026-10"));
        JsonNode snapshot = reset.data().get("snapshot");
        assertThat(snapshot.get("data")).isEqualTo(sameAs.get("data"));
        assertThat(snapshot.get("totals")).isEqualTo(sameAs.get("totals"));
        assertThat(door.usage.askedForAll.get(0).period())
                .isEqualTo(new Period(Instant.parse("2026-10-01T00:00:00Z"), Instant.parse("2026-11-01T00:00:00Z")));

        tell("acme", "c", 3);
        tell("globex", "other", 1);
        tell("acme", "d", 4);
        Event usage = listener.next();
        assertThat(usage.name()).isEqualTo("usage");
        assertThat(usage.data().toString())
                .isEqualTo("{\"customer\":{\"id\":null,\"external_id\":\"c\",\"name\":null},\"month\":\"2026-10\","
                        + "\"requests\":3,\"input_tokens\":30,\"output_tokens\":0,\"cached_input_tokens\":0,"
                        + "\"reasoning_tokens\":0,\"credits\":\"1.5\",\"cost\":[{\"currency\":\"USD\",\"amount\":\"0.0042\"}],"
                        + "\"meters\":[{\"meter\":\"requests\",\"kind\":\"request\",\"count\":3,\"quantity\":\"3\","
                        + "\"credits\":\"1.5\",\"cost\":[{\"currency\":\"USD\",\"amount\":\"0.0042\"}]}],"
                        + "\"version\":3,\"as_of\":\"2026-10-20T12:34:56Z\",\"position\":\"AQ\"}");
        assertThat(listener.next().data().at("/customer/external_id").asText()).isEqualTo("d");
    }

    @Test
    void goesOnAfterTheLastIdThatWasHeard() throws Exception {
        Listener first = listen("");
        first.next();
        tell("acme", "a", 1);
        tell("acme", "b", 1);
        String last = first.next().id();
        first.close();
        tell("acme", "a", 2);
        tell("acme", "c", 1);
        Listener again = listen("", "Last-Event-ID", last);
        var heard = new TreeMap<String, Long>();
        for (int i = 0; i < 3; i++) {
            Event event = again.next();
            assertThat(event.name()).isEqualTo("usage");
            heard.put(
                    event.data().at("/customer/external_id").asText(),
                    event.data().get("requests").asLong());
        }
        assertThat(heard).isEqualTo(Map.of("a", 2L, "b", 1L, "c", 1L));
    }

    @Test
    void beginsAnewWhereItCannotGoOn() throws Exception {
        Listener first = listen("");
        String id = first.next().id();
        for (int i = 0; i < 300; i++) {
            tell("acme", "c" + i, 1);
        }
        assertThat(listen("", "Last-Event-ID", id).next().data().get("reason").asText())
                .isEqualTo("forgotten");
        assertThat(listen("", "Last-Event-ID", "none of ours")
                        .next()
                        .data()
                        .get("reason")
                        .asText())
                .isEqualTo("forgotten");
    }

    @Test
    void tellsOfOneCustomerAlone() throws Exception {
        Listener listener = listen("?external_customer_id=c&limit=5");
        JsonNode reset = listener.next().data();
        assertThat(reset.at("/snapshot/customer/external_id").asText()).isEqualTo("c");
        tell("acme", "d", 1);
        tell("acme", "c", 7);
        assertThat(listener.next().data().get("requests").asLong()).isEqualTo(7);
    }

    @Test
    void saysWhatWasTakenBack() throws Exception {
        Listener listener = listen("");
        listener.next();
        door.changes().tell("acme", "erased", MONTH, Optional.empty());
        Event gone = listener.next();
        assertThat(gone.name()).isEqualTo("gone");
        assertThat(gone.data().toString()).isEqualTo("{\"external_id\":\"erased\",\"month\":\"2026-10\"}");
    }

    @Test
    void endsWithItsTimeAndThenIsWholeAnswer() throws Exception {
        var response = door.get(PATH + "?duration=0s");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body())
                .startsWith("retry: 1000\nevent: reset\nid: ")
                .endsWith("\n\n");
    }

    @Test
    void endsWithItsKey() throws Exception {
        String made = OpenDoor.json(
                        door.admin("POST", "/admin/api-keys", "{\"tenant\":\"acme\",\"scopes\":[\"read\"]}"))
                .get("key")
                .asText();
        var listener = new Listener(door.port(), PATH, "X-Api-Key", made);
        listeners.add(listener);
        listener.next();
        tell("acme", "c", 1);
        listener.next();
        door.access.revoke(made.split("_", -1)[2], OpenDoor.NOW);
        assertThat(listener.hasEnded()).isTrue();
    }

    @Test
    void outlivesTheSilenceThatOtherConnectionsMayNot() throws Exception {
        var limits = new Limits(10, Duration.ofMillis(500), Duration.ofSeconds(10), Duration.ofSeconds(5), 500);
        try (var impatient = new OpenDoor(limits, Front.DEFAULT);
                var listener = new Listener(impatient.port(), PATH, "X-Api-Key", OpenDoor.KEY)) {
            listener.next();
            Thread.sleep(2_000);
            impatient.changes().tell("acme", "erased", MONTH, Optional.empty());
            assertThat(listener.next().name()).isEqualTo("gone");
        }
    }

    @Test
    void cutsOffWhoTakesNothing() throws Exception {
        var limits = new Limits(10, Duration.ofMillis(500), Duration.ofSeconds(10), Duration.ofSeconds(5), 500);
        try (var impatient = new OpenDoor(limits, Front.DEFAULT);
                var stuck = new Listener(impatient.port(), PATH, "X-Api-Key", OpenDoor.KEY)) {
            stuck.next();
            var meters = IntStream.range(0, 300)
                    .mapToObj(i -> new MeterUsage(EventKind.USAGE, "meter-" + i, Sums.NONE))
                    .toList();
            var large = Optional.of(new MonthUsage(meters, 1, "AQ", OpenDoor.NOW));
            assertThat(listening(impatient)).isEqualTo("1.0");
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                for (int i = 0; i < 90; i++) {
                    impatient.changes().tell("acme", "c" + i, MONTH, large);
                }
                assertThat(listening(impatient)).isEqualTo("0.0");
            });
        }
    }

    private static String listening(OpenDoor door) throws Exception {
        return door.get("/metrics", new String[0])
                .body()
                .lines()
                .filter(line -> line.startsWith("tidemark_stream_clients "))
                .map(line -> line.substring(line.indexOf(' ') + 1))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void endsWithTheInstance() throws Exception {
        Listener listener = listen("");
        listener.next();
        door.hub().close();
        assertThat(listener.hasEnded()).isTrue();
        assertThat(door.get(PATH).statusCode()).isEqualTo(503);
    }

    @Test
    void leavesTheSnapshotOutWhereNobodyWantsIt() throws Exception {
        Listener listener = listen("?snapshot=false");
        assertThat(listener.next().data().get("snapshot").isNull()).isTrue();
        assertThat(door.usage.askedForAll).isEmpty();
        tell("acme", "c", 1);
        assertThat(listener.next().name()).isEqualTo("usage");
    }

    @Test
    void beginsWithNoSnapshotThatLacksSomething() throws Exception {
        var period = new Period(Instant.parse("2026-10-01T00:00:00Z"), Instant.parse("2026-11-01T00:00:00Z"));
        var lacking = new Freshness(OpenDoor.NOW, List.of(3), "AQ");
        door.usage.answers(new Answer.Found<>(new CustomerUsage("c", period, 0, Sums.NONE, List.of(), lacking)));
        assertThat(door.get(PATH + "?customer_id=c").statusCode()).isEqualTo(503);
    }

    @Test
    void saysWhyItCannotBegin() throws Exception {
        door.usage.answersForAll(new Answer.NotReady<>(Answer.Reason.MOVING, "soon"));
        assertThat(door.get(PATH).statusCode()).isEqualTo(503);
        door.usage.answers(new Answer.NotFound<>());
        assertThat(door.get(PATH + "?customer_id=nobody").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?duration=2d",
                "?duration=x",
                "?limit=0",
                "?snapshot=no",
                "?period=1d",
                "?customer_id=a&external_customer_id=b",
                "?customer_id="
            })
    void refusesWhatItDoesNotUnderstand(String query) throws Exception {
        assertThat(door.get(PATH + query).statusCode()).isEqualTo(400);
    }

    @Test
    void takesSoManyOfAKey() throws Exception {
        for (int i = 0; i < StreamHub.MOST_OF_A_KEY; i++) {
            listen("").next();
        }
        assertThat(door.get(PATH).statusCode()).isEqualTo(429);
        var other = new Listener(door.port(), PATH, "X-Api-Key", OpenDoor.OTHER_KEY);
        listeners.add(other);
        assertThat(other.next().name()).isEqualTo("reset");
        listeners.get(0).close();
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            // Nobody notices that a client is gone before something is sent to it.
            tell("acme", "c", 1);
            assertThat(door.get(PATH + "?duration=0s").statusCode()).isEqualTo(200);
        });
    }

    @Test
    void tellsWhoReadsSlowlyOnceOfMuch() throws Exception {
        Listener slow = listen("");
        Listener quick = listen("");
        slow.next();
        quick.next();
        for (int round = 1; round <= 2_000; round++) {
            for (int customer = 0; customer < 50; customer++) {
                tell("acme", "c" + customer, round);
            }
            if (round % 100 == 0) {
                Thread.sleep(20);
            }
        }
        for (Listener listener : List.of(quick, slow)) {
            var heard = new TreeMap<String, Long>();
            int messages = 0;
            while (heard.size() < 50 || heard.values().stream().anyMatch(count -> count < 2_000)) {
                JsonNode data = listener.next().data();
                heard.put(
                        data.at("/customer/external_id").asText(),
                        data.get("requests").asLong());
                messages++;
            }
            assertThat(messages).as("of 100,000 changes").isLessThan(10_000);
        }
    }

    @Test
    void saysToWhoAsksItselfThatItHasToAskAgain() throws Exception {
        Listener asking = listen("?snapshot=false");
        Listener given = listen("");
        asking.next();
        given.next();
        for (int i = 0; i < 1_000; i++) {
            tell("acme", "c" + i, 1);
        }
        Event event = asking.next();
        while (!event.name().equals("reset")) {
            event = asking.next();
        }
        assertThat(event.data().toString())
                .isEqualTo("{\"reason\":\"forgotten\",\"month\":\"2026-10\",\"snapshot\":null}");
        tell("acme", "after", 2);
        assertThat(asking.next().data().at("/customer/external_id").asText()).isEqualTo("after");
        while (!given.hasEnded()) {
            // What it was told before.
        }
        assertThat(listen("?snapshot=false", "Last-Event-ID", event.id())
                        .next()
                        .data()
                        .at("/customer/external_id")
                        .asText())
                .isEqualTo("after");
    }

    private void tell(String tenant, String customer, long requests) {
        var cost = new TreeMap<>(Map.of("USD", new BigDecimal("0.0042")));
        var sums = new Sums(
                requests,
                BigInteger.valueOf(requests * 10),
                BigInteger.ZERO,
                BigInteger.ZERO,
                BigInteger.ZERO,
                BigDecimal.valueOf(requests),
                new BigDecimal("1.500"),
                cost);
        door.changes()
                .tell(
                        tenant,
                        customer,
                        MONTH,
                        Optional.of(new MonthUsage(
                                List.of(new MeterUsage(EventKind.REQUEST, "requests", sums)),
                                requests,
                                "AQ",
                                Instant.parse("2026-10-20T12:34:56Z"))));
    }

    private Listener listen(String query, String... headers) throws IOException {
        var all = new ArrayList<>(List.of("X-Api-Key", OpenDoor.KEY));
        all.addAll(List.of(headers));
        var listener = new Listener(door.port(), PATH + query, all.toArray(String[]::new));
        listeners.add(listener);
        return listener;
    }

    private record Event(String name, String id, JsonNode data) {}

    /** A client of its own, over a plain socket: what it does not read stays on the way. */
    private static final class Listener implements AutoCloseable {
        private final Socket socket;
        private final BufferedReader in;

        Listener(int port, String path, String... headers) throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(20_000);
            var head = new StringBuilder("GET " + path + " HTTP/1.0\r\nHost: localhost\r\n");
            for (int i = 0; i < headers.length; i += 2) {
                head.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
            }
            socket.getOutputStream().write(head.append("\r\n").toString().getBytes(UTF_8));
            in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
            assertThat(in.readLine()).contains(" 200 ");
            String header = in.readLine();
            while (!header.isEmpty()) {
                header = in.readLine();
            }
        }

        Event next() throws IOException {
            String name = "";
            String id = "";
            String data = "";
            while (true) {
                String line = in.readLine();
                assertThat(line).as("not ended").isNotNull();
                if (line.startsWith("event: ")) {
                    name = line.substring(7);
                } else if (line.startsWith("id: ")) {
                    id = line.substring(4);
                } else if (line.startsWith("data: ")) {
                    data = line.substring(6);
                } else if (line.isEmpty() && !data.isEmpty()) {
                    return new Event(name, id, JSON.readTree(data));
                }
            }
        }

        boolean hasEnded() throws IOException {
            return in.readLine() == null;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
