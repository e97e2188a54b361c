package io.tidemark.streams.guarantees;

import static io.tidemark.streams.fixtures.Events.TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.streams.MeteringSettings.Ids;
import io.tidemark.streams.MeteringSettings.PageCache;
import io.tidemark.streams.MeteringSettings.Retention;
import io.tidemark.streams.MeteringSettings.TimeRule;
import io.tidemark.streams.fixtures.Events;
import io.tidemark.streams.fixtures.Machine;
import io.tidemark.streams.requestlog.Label;
import io.tidemark.streams.requestlog.LogPage;
import io.tidemark.streams.requestlog.LogQuery;
import io.tidemark.streams.requestlog.LoggedRequest;
import io.tidemark.streams.requestlog.PageReader;
import io.tidemark.streams.requestlog.Place;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each counted request is in the log exactly once, in order; whoever goes through it page by page while requests arrive is given each that was there
 * when he began, none twice, of two partitions as of one.
 */
@NullMarked
class RequestLogIsCompleteTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final int REQUESTS = 1_500;
    private static final long SEED = Long.getLong("tidemark.seed", 20261129);

    private final Random random = new Random(SEED);
    private final List<Sent> sent = new ArrayList<>();

    @TempDir
    private Path directory;

    private record Sent(String id, String customer, Instant at, String model) {}

    @ParameterizedTest
    @EnumSource(PageCache.Form.class)
    void whileRequestsArrive(PageCache.Form form) {
        try (var one = machine("one", form);
                var other = machine("other", form)) {
            List<Machine> machines = List.of(one, other);
            send(machines, REQUESTS);
            for (int limit : List.of(1_000, 97, 7)) {
                walk(machines, limit, Optional.empty(), Optional.empty());
                walk(machines, limit, Optional.of("c3"), Optional.empty());
                walk(machines, limit, Optional.empty(), Optional.of("m2"));
            }
        }
    }

    private Machine machine(String name, PageCache.Form form) {
        return new Machine(
                directory.resolve(name),
                NOW,
                TimeRule.DEFAULT,
                Retention.DEFAULT,
                new PageCache(form, 1 << 20),
                Ids.DEFAULT);
    }

    private void walk(List<Machine> machines, int limit, Optional<String> customer, Optional<String> model) {
        Predicate<Sent> asked = one -> customer.map(one.customer::equals).orElse(true)
                && model.map(one.model::equals).orElse(true);
        List<String> there = sent.stream().filter(asked).map(Sent::id).toList();
        var given = new ArrayList<LoggedRequest>();
        Optional<Place> after = Optional.empty();
        do {
            var query = new LogQuery(
                    TENANT,
                    customer,
                    Optional.empty(),
                    Optional.empty(),
                    model.map(one -> Map.of(Label.MODEL, one)).orElse(Map.of()),
                    Optional.empty(),
                    after,
                    limit);
            LogPage page = page(machines, query);
            given.addAll(page.shown(limit));
            after = page.end(limit);
            send(machines, 1 + random.nextInt(3));
        } while (after.isPresent());
        List<String> ids = given.stream().map(row -> row.said().id()).toList();
        String what = "seed " + SEED + ", " + form(customer, model, limit);
        assertThat(ids).as(what).doesNotHaveDuplicates().containsAll(there);
        assertThat(given)
                .as(what)
                .isSortedAccordingTo((one, other) -> one.place().compareTo(other.place()));
        assertThat(sent.stream().filter(asked).map(Sent::id).toList()).as(what).containsAll(ids);
    }

    private static String form(Optional<String> customer, Optional<String> model, int limit) {
        return limit + " at once of " + customer + " " + model;
    }

    /** As instances do it: what one has is put together, and then what all have. */
    private static LogPage page(List<Machine> machines, LogQuery query) {
        var parts = new ArrayList<LogPage>();
        for (Machine machine : machines) {
            var reader = new PageReader(machine.requestLog());
            parts.add(reader.merge(query, List.of(reader.read(query, 0))));
        }
        return new PageReader(machines.get(0).requestLog()).merge(query, parts);
    }

    /** Of the last seconds and of days ago, many in the same second, some sent twice. */
    private void send(List<Machine> machines, int count) {
        for (int i = 0; i < count; i++) {
            int number = sent.size();
            long back = random.nextInt(4) == 0 ? random.nextInt(6 * 86_400_000) : random.nextInt(3_000);
            int customer = random.nextInt(9);
            // Places of two real partitions differ; these two are both the first.
            Instant at = NOW.minusMillis(back).plus(customer % 2, ChronoUnit.MICROS);
            var one = new Sent("r" + number, "c" + customer, at, "m" + random.nextInt(4));
            sent.add(one);
            Machine machine = machines.get(customer % 2);
            var event = Events.request(one.id, one.customer, one.at)
                    .setModel(one.model)
                    .build();
            machine.append(event, NOW);
            if (random.nextInt(5) == 0) {
                machine.append(event, NOW);
            }
        }
    }
}
