package io.tidemark.streams.roster;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.streams.directory.Customer;
import io.tidemark.streams.directory.Details.Detail;
import io.tidemark.streams.roster.RosterQuery.SortBy;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@NullMarked
class RosterTest {
    private static final Instant THEN = Instant.parse("2026-10-20T12:34:56.123456Z");

    private final HeldCustomers held = new HeldCustomers();
    private final BruteForce oracle = new BruteForce();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void answersAsIfItWentThroughEveryCustomer(long seed) {
        var random = new Random(seed);
        var customers = new RandomCustomers(random);
        int change = 0;
        for (int round = 0; round < 40; round++) {
            for (int left = random.nextInt(80); left > 0; left--) {
                change(customers, random, change++);
            }
            if (round == 15) {
                held.caughtUp();
            }
            compareLists(customers, random);
            compareLookUps(customers);
        }
    }

    private void change(RandomCustomers customers, Random random, int change) {
        String id = customers.externalId();
        if (random.nextInt(20) == 0) {
            held.remove("acme", id);
            oracle.remove(id);
            return;
        }
        // Now and then one that is older than what is held, as a table that is read again would give.
        // Versions come more than once: being seen again makes no new one.
        long version = Math.max(1, (change - random.nextInt(100)) / 10);
        Instant created = oracle.byExternalId(id).map(Customer::createdAt).orElse(THEN.plusSeconds(random.nextInt(20)));
        Customer customer = customers.customer(id, version, created);
        held.put(customer);
        oracle.put(customer);
    }

    private void compareLists(RandomCustomers customers, Random random) {
        for (SortBy by : SortBy.values()) {
            for (boolean descending : new boolean[] {false, true}) {
                var query = new RosterQuery(
                        1 + random.nextInt(6),
                        1 + random.nextInt(40),
                        sometimes(random, 2, customers.text(2)),
                        sometimes(random, 4, customers.text(1)),
                        sometimes(random, 8, customers.externalId()),
                        by,
                        descending);
                assertThat(held.list("acme", query)).as(query.toString()).isEqualTo(oracle.list(query));
            }
        }
    }

    private static Optional<String> sometimes(Random random, int outOf, String text) {
        return random.nextInt(outOf) == 0 ? Optional.of(text) : Optional.empty();
    }

    private void compareLookUps(RandomCustomers customers) {
        for (int i = 0; i < 50; i++) {
            String id = customers.externalId();
            Optional<Customer> customer = oracle.byExternalId(id);
            assertThat(held.byExternalId("acme", id)).isEqualTo(customer);
            assertThat(held.byExternalId("globex", id)).isEmpty();
            customer.ifPresent(known -> {
                assertThat(held.byId("acme", known.id())).isEqualTo(oracle.byId(known.id()));
                assertThat(held.byId("globex", known.id())).isEmpty();
                Optional.ofNullable(known.details().get(Detail.EMAIL)).ifPresent(this::compareByEmail);
            });
        }
    }

    private void compareByEmail(String email) {
        assertThat(held.byEmail("globex", email)).isEmpty();
        held.byEmail("acme", " " + email)
                .ifPresent(found -> assertThat(oracle.withEmail(email)).contains(found));
        assertThat(held.byEmail("acme", email).isPresent())
                .isEqualTo(!oracle.withEmail(email).isEmpty());
    }

    @Test
    void waitsForAVersion() throws Exception {
        var customers = new RandomCustomers(new Random(1));
        held.put(customers.customer("c", 2, THEN));
        assertThat(held.await("acme", "c", 2, Duration.ZERO)).isTrue();
        assertThat(held.await("acme", "c", 3, Duration.ofMillis(10))).isFalse();
        assertThat(held.await("acme", "other", 1, Duration.ofMillis(10))).isFalse();
        var waiting = CompletableFuture.supplyAsync(() -> awaits("c", 3));
        held.put(customers.customer("c", 4, THEN));
        assertThat(waiting.get()).isTrue();
    }

    private boolean awaits(String externalId, long version) {
        try {
            return held.await("acme", externalId, version, Duration.ofSeconds(30));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void countsWhatItHolds() {
        var customers = new RandomCustomers(new Random(1));
        for (int i = 0; i < 1_000; i++) {
            held.put(customers.customer("c" + i, 1, THEN));
        }
        held.remove("acme", "c7");
        assertThat(held.size()).isEqualTo(999);
        assertThat(held.isCaughtUp()).isFalse();
        held.caughtUp();
        assertThat(held.isCaughtUp()).isTrue();
    }
}
