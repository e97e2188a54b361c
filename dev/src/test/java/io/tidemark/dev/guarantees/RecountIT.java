package io.tidemark.dev.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.dev.fixtures.DevProcess;
import io.tidemark.dev.fixtures.PlantedBug;
import io.tidemark.dev.fixtures.Producers;
import io.tidemark.dev.fixtures.Producers.Placing;
import io.tidemark.dev.fixtures.Traffic;
import io.tidemark.events.RequestEvent;
import io.tidemark.query.cli.Surroundings;
import io.tidemark.query.cli.TidemarkCommand;
import io.tidemark.streams.publishing.KafkaEventPublisher;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a real broker's log says is what a real instance serves, for as long as it counts right; and the one minute that it counts wrong is found, in an
 * instance that was given a bug: it adds readings of 7.000000001 to their hour page twice.
 */
@NullMarked
@Timeout(240)
class RecountIT {
    private static final PlantedBug TWICE = new PlantedBug(
            "pages/DecodedPages.java", "            below = add(page, below, minute, reading, arrival);\n", """
                        below = add(page, below, minute, reading, arrival);
                        if (granularity == Granularity.HOUR && reading.size() == 4
                                && reading.get(1).longValue() == 7_000_000_001L) {
                            add(page, Below.NOTHING, minute, reading, arrival);
                        }
            """);

    @TempDir
    private Path directory;

    private record Ran(int code, List<String> out, String err) {
        JsonNode result() throws Exception {
            return new ObjectMapper().readTree(out.get(out.size() - 1));
        }
    }

    /** In this process: it is the same command line, and another process than the one that counts. */
    private Ran tidemark(String line) {
        var arguments = new ArrayList<>(Arrays.asList(line.split(" ")));
        arguments.addAll(List.of("--data-dir", directory.toString()));
        var out = new StringWriter();
        var err = new StringWriter();
        var surroundings = new Surroundings(
                Map.of(), Clock.systemUTC(), InputStream.nullInputStream(), KafkaEventPublisher::connect);
        int code = TidemarkCommand.in(surroundings)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments.toArray(String[]::new));
        return new Ran(code, out.toString().lines().toList(), err.toString());
    }

    @Test
    void findsAllEqualAndThenTheVeryMinuteThatWasCountedWrong() throws Exception {
        Path classes = TWICE.classesIn(directory.resolve("planted"));
        Instant now = Instant.now().truncatedTo(ChronoUnit.MINUTES);
        String since = " --from " + now.minus(40, ChronoUnit.DAYS) + " --to " + now.plus(10, ChronoUnit.MINUTES);
        try (var dev = DevProcess.startWith(classes, directory)) {
            assertThat(tidemark("load --events 3000 --customers 10 --duplicates 0.1 --late 0.5 --meters 3 --seed 4"
                                    + " --prefix c --until " + now)
                            .code())
                    .isZero();
            sendMixed(dev, now);

            Ran equal = tidemark("recount --json" + since);
            assertThat(equal.code()).as(equal.out() + equal.err()).isZero();
            assertThat(equal.out()).hasSize(1);
            JsonNode summary = equal.result();
            assertThat(summary.get("equal").asBoolean()).isTrue();
            assertThat(summary.at("/events/read").asLong()).isGreaterThan(3_000);
            assertThat(summary.at("/events/conflicts").asLong()).isGreaterThanOrEqualTo(20);
            assertThat(summary.at("/events/rejected/negative_count").asLong()).isEqualTo(20);
            assertThat(summary.at("/pages/hour").asLong()).isGreaterThan(50);
            assertThat(summary.at("/pages/day").asLong()).isGreaterThan(100);
            assertThat(summary.get("disputed").asLong()).isPositive();

            assertThat(dev.api()
                            .send("DELETE", "/api/v1/customers/c03?erase=true", "")
                            .statusCode())
                    .isEqualTo(200);
            Instant minute = now.minus(3, ChronoUnit.DAYS).minusSeconds(420);
            // A page of minutes is made once a quarter hour has two.
            Instant before = minute.getEpochSecond() % 900 == 0 ? minute.plusSeconds(60) : minute.minusSeconds(60);
            for (String one : List.of("1 --occurred-at " + before, "7.000000001 --occurred-at " + minute)) {
                assertThat(tidemark("send usage --customer c01 --meter surplus --quantity " + one)
                                .code())
                        .isZero();
            }
            Ran different = tidemark("recount" + since);
            assertThat(different.code()).as(different.err()).isEqualTo(1);
            assertThat(different.out().subList(0, 2))
                    .containsExactly(
                            "c01\t" + minute + "\thour\tusage/surplus.count\trecounted 1\tserved 2",
                            "c01\t" + minute
                                    + "\thour\tusage/surplus.quantity\trecounted 7.000000001\tserved 14.000000002");
            assertThat(different.out())
                    .contains("1 erased customers: their usage is all there, under their pseudonyms")
                    .last()
                    .isEqualTo("DIFFERENT: 2 numbers");
            Ran other = tidemark("recount --customer c02 --from " + now.minus(20, ChronoUnit.DAYS) + " --to " + now);
            assertThat(other.code()).as(other.out() + other.err()).isZero();
        }
        Ran nobody = tidemark(
                "recount --url http://127.0.0.1:1 --api-key x --kafka 127.0.0.1:1 --registry http://127.0.0.1:1"
                        + since);
        assertThat(nobody.code()).as("nobody there").isEqualTo(3);
    }

    /** By foreign partitioners too: repeats, conflicts whose order the log does not say, and what breaks a rule. */
    private static void sendMixed(DevProcess dev, Instant now) throws Exception {
        var traffic = new Traffic(11, dev.tenant(), now, Duration.ofDays(20));
        try (var producers = new Producers(dev.kafka(), dev.registry())) {
            for (int i = 0; i < 20; i++) {
                RequestEvent event = traffic.request("mixed-" + i);
                producers.send(event, Placing.LIBRDKAFKA);
                producers.send(event, Placing.NO_KEY);
                producers.send(
                        RequestEvent.newBuilder(event)
                                .setInputTokens(event.getInputTokens() + 1)
                                .build(),
                        Placing.JAVA);
                producers.send(
                        RequestEvent.newBuilder(event)
                                .setId("bad-" + i)
                                .setInputTokens(-1)
                                .build(),
                        Placing.LIBRDKAFKA);
            }
            producers.flush();
        }
    }
}
