package io.tidemark.dev.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.contract.Contract;
import io.tidemark.dev.fixtures.ServeCluster;
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

/**
 * The HTTP API of two instances that share the work, gone through by its OpenAPI document: keys and ids at each, the seeds' examples at one, made-up
 * calls at both in turn. One cluster for all of it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HttpContractIT {
    private static final int CALLS = Integer.getInteger("tidemark.fuzz", 2_000);
    private static final long SEED = Long.getLong("tidemark.fuzz.seed", new Random().nextInt(1, Integer.MAX_VALUE));
    private static final long ALONE = Long.getLong("tidemark.fuzz.call", -1);

    private static final String TENANT = "demo";

    private final ServeCluster cluster;
    private final String key;
    private final Parties parties;
    private final List<Matrix> matrices = new ArrayList<>();

    HttpContractIT(@TempDir(cleanup = CleanupMode.NEVER) Path directory) throws Exception {
        cluster = ServeCluster.in(directory);
        cluster.join();
        key = cluster.key(TENANT);
        parties = at(1);
    }

    private Parties at(int instance) throws Exception {
        return new Parties(cluster.instance(instance).http(), TENANT, key);
    }

    @AfterAll
    void stop() {
        matrices.forEach(matrix -> System.err.println("measured: cells of the matrix: " + matrix.cells()));
        cluster.close();
    }

    /** G35. */
    @TestFactory
    Stream<DynamicTest> answersEachKeyAndIdAsItShould() throws Exception {
        return Stream.of(0, 1).flatMap(this::matrix);
    }

    private Stream<DynamicTest> matrix(int instance) {
        try {
            var matrix = new Matrix(at(instance), key);
            matrices.add(matrix);
            return Contract.ofClassPath().api().operations().stream()
                    .map(operation ->
                            DynamicTest.dynamicTest(operation + " at " + instance, () -> matrix.check(operation)));
        } catch (Exception notSetUp) {
            throw new IllegalStateException(notSetUp);
        }
    }

    /** Each after the one before: what one makes, another reads. In a tenant of their own, where nobody else made it. */
    @TestFactory
    Stream<DynamicTest> answersTheExamplesOfTheSeeds() throws Exception {
        String seedsKey = parties.key("seeds", List.of("ingest", "read", "write", "admin"), "");
        var own = new Parties(parties.base(), "seeds", seedsKey);
        var examples = new SeedExamples(own, seedsKey);
        for (String id : List.of("userId:companionId", "user_abc")) {
            own.customer(id);
        }
        return StreamSupport.stream(SeedExamples.all().spliterator(), false)
                .map(example -> DynamicTest.dynamicTest(SeedExamples.name(example), () -> examples.check(example)));
    }

    /** G36. */
    @Test
    void answersMadeUpCallsWithinItsContract() throws Exception {
        var fuzz =
                new Fuzz(List.of(cluster.instance(0).http(), cluster.instance(1).http()), known(), SEED);
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
        String here = cluster.instance(0)
                .api(key)
                .json("/api/v1/usage/by-customer")
                .get("position")
                .asText();
        var never = new Position(IntStream.range(0, 12)
                .mapToObj(partition -> new Coordinates(Source.REQUESTS, partition, Long.MAX_VALUE - 1))
                .toList());
        var positions = List.of(here, here, here, never.token(), here + "x", "AQ", "");
        return new MadeUpCall.Known(key, parties.keyOfOther(), TENANT, customers, positions);
    }
}
