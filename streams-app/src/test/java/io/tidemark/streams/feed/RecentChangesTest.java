package io.tidemark.streams.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class RecentChangesTest {
    private static final YearMonth MONTH = YearMonth.of(2026, 11);
    private static final Optional<String> ANY = Optional.empty();

    private final RecentChanges changes = new RecentChanges(1_000);

    RecentChangesTest() {
        changes.upTo(0, 10);
        changes.upTo(1, 20);
    }

    @Test
    void areHeardInOrderAndOnceEach() {
        ChangeCursor before = changes.now();
        take("acme", "a", 0, 10);
        take("acme", "b", 1, 20);
        take("globex", "z", 1, 21);
        take("acme", "a", 0, 11);
        assertThat(names(before, ANY)).containsExactly("b@20", "a@11");
        assertThat(names(before, Optional.of("a"))).containsExactly("a@11");
        ChangeCursor behind =
                changes.after(before, "acme", ANY, 10).orElseThrow().behind();
        assertThat(names(behind, ANY)).isEmpty();
        take("acme", "c", 0, 12);
        assertThat(names(behind, ANY)).containsExactly("c@12");
    }

    @Test
    void comeAFewAtATime() {
        ChangeCursor place = changes.now();
        for (int i = 0; i < 7; i++) {
            take("acme", "c" + i, i % 2, 30 + i);
        }
        var told = new ArrayList<String>();
        for (int i = 0; i < 4; i++) {
            var heard = changes.after(place, "acme", ANY, 2).orElseThrow();
            heard.changes().forEach(one -> told.add(one.change().externalId()));
            place = heard.behind();
        }
        assertThat(told).containsExactly("c0", "c1", "c2", "c3", "c4", "c5", "c6");
        assertThat(place.isLevel()).isTrue();
        assertThat(place.number()).isEqualTo(changes.now().number());
    }

    @Test
    void goOnByATokenOfAnotherInstanceWhateverOrderItHeardIn() {
        var other = new RecentChanges(1_000);
        other.upTo(0, 10);
        other.upTo(1, 20);
        other.take(change("acme", "b", 1, 20, 100));
        String token = other.now().token();
        take("acme", "a", 0, 10);
        take("acme", "b", 1, 20);
        take("acme", "c", 0, 11);
        ChangeCursor place =
                changes.at("acme", ChangeCursor.parse(token).orElseThrow()).orElseThrow();
        assertThat(names(place, ANY)).containsExactly("a@10", "c@11");
    }

    @Test
    void areLostToWhoComesFromBeforeThem() {
        assertThat(changes.at("acme", new long[] {9, 20})).isEmpty();
        assertThat(changes.at("acme", new long[] {10, 20})).isPresent();
        assertThat(changes.at("acme", new long[] {10})).isEmpty();
        assertThat(changes.hasHeard(new long[] {11, 20})).isFalse();
        assertThat(changes.at("acme", new long[] {11, 20})).isEmpty();
    }

    @Test
    void areForgottenWhereTheyAreTooMany() {
        ChangeCursor begun = changes.now();
        for (int i = 0; i < 20; i++) {
            changes.take(change("acme", "c" + i, 0, 10 + i, 100));
            changes.upTo(0, 11 + i);
        }
        assertThat(changes.held()).isLessThanOrEqualTo(1_000);
        assertThat(changes.after(begun, "acme", ANY, 100)).isEmpty();
        assertThat(changes.after(begun, "globex", ANY, 100).orElseThrow().changes())
                .isEmpty();
        assertThat(changes.at("acme", new long[] {19, 20})).isEmpty();
        assertThat(changes.at("globex", new long[] {10, 20})).isPresent();
        assertThat(names(changes.at("acme", new long[] {27, 20}).orElseThrow(), ANY))
                .containsExactly("c17@27", "c18@28", "c19@29");
    }

    @Test
    void areFewerAtOnceWhereTheyAreLarge() {
        var large = new RecentChanges(10_000_000);
        large.upTo(0, 0);
        ChangeCursor place = large.now();
        for (int i = 0; i < 5; i++) {
            large.take(change("acme", "c" + i, 0, i, 100_000));
        }
        var heard = large.after(place, "acme", ANY, 100).orElseThrow();
        assertThat(heard.changes()).hasSize(2);
        assertThat(large.after(heard.behind(), "acme", ANY, 100).orElseThrow().changes())
                .hasSize(2);
    }

    @Test
    void nameTheNewestOfEachPartition() {
        take("acme", "a", 0, 10);
        take("globex", "b", 0, 11);
        take("acme", "c", 1, 20);
        assertThat(changes.newest()).extracting(Change::externalId).containsExactlyInAnyOrder("b", "c");
    }

    /** Whoever hears, however slowly, and goes on by tokens anywhere, ends with the newest of each. */
    @Test
    void leaveNobodyWithAnOldStateForGood() {
        for (long seed = 0; seed < 200; seed++) {
            var random = new Random(seed);
            var here = new RecentChanges(100_000);
            here.upTo(0, 0);
            here.upTo(1, 0);
            var newest = new TreeMap<String, Long>();
            var heard = new TreeMap<String, Long>();
            ChangeCursor place = here.now();
            long[] next = {0, 0};
            for (int step = 0; step < 60; step++) {
                if (random.nextInt(3) > 0) {
                    String customer = "c" + random.nextInt(8);
                    int partition = customer.hashCode() & 1;
                    here.take(change("acme", customer, partition, next[partition], 50));
                    newest.put(customer, next[partition]++);
                } else {
                    place = hear(here, place, random, heard);
                }
            }
            do {
                place = hear(here, place, random, heard);
            } while (!here.after(place, "acme", ANY, 1).orElseThrow().changes().isEmpty());
            assertThat(heard).as("seed %s", seed).isEqualTo(newest);
        }
    }

    private static ChangeCursor hear(RecentChanges here, ChangeCursor place, Random random, Map<String, Long> heard) {
        ChangeCursor from = random.nextBoolean()
                ? place
                : here.at("acme", ChangeCursor.parse(place.token()).orElseThrow())
                        .orElseThrow();
        var some = here.after(from, "acme", ANY, 1 + random.nextInt(4)).orElseThrow();
        some.changes()
                .forEach(one ->
                        heard.merge(one.change().externalId(), one.change().offset(), (was, now) -> {
                            assertThat(now).isGreaterThan(was);
                            return now;
                        }));
        return some.behind();
    }

    private void take(String tenant, String customer, int partition, long offset) {
        changes.take(change(tenant, customer, partition, offset, 100));
    }

    private static Change change(String tenant, String customer, int partition, long offset, int bytes) {
        return new Change(tenant, customer, MONTH, partition, offset, bytes, false, Optional::empty);
    }

    private List<String> names(ChangeCursor place, Optional<String> customer) {
        return changes.after(place, "acme", customer, 100).orElseThrow().changes().stream()
                .map(one -> one.change().externalId() + "@" + one.change().offset())
                .toList();
    }
}
