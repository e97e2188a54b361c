package io.tidemark.dev.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.contract.Contract;
import io.tidemark.dev.fixtures.DevProcess;
import io.tidemark.streams.event.Coordinates;
import io.tidemark.streams.event.Source;
import io.tidemark.streams.reading.Position;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The HTTP API of a real {@code dev}, gone through by its OpenAPI document. One {@code dev} for all of it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HttpContractIT {
    private static final int CALLS = Integer.getInteger("tidemark.fuzz", 5_000);
    private static final long SEED = Long.getLong("tidemark.fuzz.seed", new Random().nextInt(1, Integer.MAX_VALUE));
    private static final long ALONE = Long.getLong("tidemark.fuzz.call", -1);

    private final DevProcess dev;
    private final Parties parties;

    HttpContractIT(@TempDir(cleanup = CleanupMode.NEVER) Path directory) throws Exception {
        dev = DevProcess.start(directory);
        parties = new Parties(dev.http(), dev.tenant(), dev.key());
    }

    @AfterAll
    void stop() {
        dev.close();
    }

    /** G35. */
    @TestFactory
    Stream<DynamicTest> answersEachKeyAndIdAsItShould() {
        var matrix = new Matrix(parties, dev.key());
        return Contract.ofClassPath().api().operations().stream()
                .map(operation -> DynamicTest.dynamicTest(operation.toString(), () -> matrix.check(operation)))
                .onClose(() -> System.err.println("measured: cells of the matrix: " + matrix.cells()));
    }

    /** Each after the one before: what one makes, another reads. In a tenant of their own, where nobody else made it. */
    @TestFactory
    Stream<DynamicTest> answersTheExamplesOfTheSeeds() throws Exception {
        String key = parties.key("seeds", List.of("ingest", "read", "write", "admin"), "");
        var own = new Parties(dev.http(), "seeds", key);
        var examples = new SeedExamples(own, key);
        for (String id : List.of("userId:companionId", "user_abc")) {
            own.customer(id);
        }
        return StreamSupport.stream(SeedExamples.all().spliterator(), false)
                .map(example -> DynamicTest.dynamicTest(SeedExamples.name(example), () -> examples.check(example)));
    }

    /** G36. */
    @Test
    void answersMadeUpCallsWithinItsContract() throws Exception {
        var fuzz = new Fuzz(dev.http(), known(), SEED);
        long before = System.nanoTime();
        if (ALONE >= 0) {
            fuzz.run(ALONE, ALONE + 1);
        } else {
            fuzz.run(0, CALLS);
        }
        long millis = (System.nanoTime() - before) / 1_000_000;
        System.err.println(
                "measured: fuzz, seed " + SEED + ", " + CALLS + " calls in " + millis + " ms: " + fuzz.spread());
        assertThat(fuzz.failures()).isEmpty();
        assertThat(fuzz.spread()).containsKeys("200", "201", "204", "400", "401", "404");
    }

    /** Names that mean somebody, ones that mean nobody, and positions of which some never come. */
    private MadeUpCall.Known known() throws Exception {
        var customers = new ArrayList<String>(List.of("nobody", "0198a7c0-0000-7000-8000-00000000dead"));
        for (int i = 0; i < 20; i++) {
            var customer = parties.customer();
            customers.addAll(List.of(customer.uuid(), customer.externalId(), customer.email()));
        }
        customers.add(parties.customerOfOther().uuid());
        String here =
                dev.api().json("/api/v1/usage/by-customer").get("position").asText();
        var never = new Position(IntStream.range(0, 12)
                .mapToObj(partition -> new Coordinates(Source.REQUESTS, partition, Long.MAX_VALUE - 1))
                .toList());
        var positions = List.of(here, here, here, never.token(), here + "x", "AQ", "");
        return new MadeUpCall.Known(dev.key(), parties.keyOfOther(), dev.tenant(), customers, positions);
    }
}
