package io.tidemark.dev.saved;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.dev.broker.EmbeddedBroker;
import io.tidemark.dev.fixtures.DevProcess;
import io.tidemark.dev.fixtures.Producers;
import io.tidemark.dev.fixtures.Producers.Placing;
import io.tidemark.dev.saved.SavedAnswers.Again;
import io.tidemark.dev.saved.SavedAnswers.Question;
import io.tidemark.schemas.Topics;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a release left is opened by every later build, and answers what it answered then: as it lies there, with the state
 * restored from Kafka, and with the group's offsets gone, as they are after a week of standing still.
 *
 * <p>It must hold in years to come: the clock is the real one, so nothing is asked that is purged one day.
 */
@NullMarked
@Timeout(180)
class SavedStateIT {
    private static final String WRITE = "tidemark.saved.write";
    private static final String GROUP = "tidemark";
    /** The release that told no hours apart, and noted of no event whether it was late. */
    private static final String NOTES_NO_HOURS = "0.1.0";

    /** Less than an event may be late, and less than its id is kept. */
    private static final Duration ACCEPTED_FOR = Duration.ofDays(34);

    @TempDir
    private Path directory;

    static List<SavedState> all() throws IOException {
        return SavedState.all();
    }

    @Test
    @EnabledIfSystemProperty(named = WRITE, matches = ".+")
    void isWritten() throws Exception {
        SavedAnswers answers;
        try (var dev = DevProcess.start(directory)) {
            answers = new Scenario(dev).play();
            dev.stop();
        }
        SavedState.save(System.getProperty(WRITE, ""), directory, answers);
    }

    @ParameterizedTest
    @MethodSource("all")
    @DisabledIfSystemProperty(named = WRITE, matches = ".+")
    void answersAsItDid(SavedState saved) throws Exception {
        saved.unpackInto(directory);
        SavedAnswers answers = saved.answers();
        try (var dev = DevProcess.start(directory)) {
            assertThat(dev.key()).isEqualTo(answers.keys().get("demo"));
            answersAreTheSame(answers, dev);
            aChangedAnswerIsNoticed(answers, dev);
            knowsWhatItCounted(answers.again(), dev);
            countsOn(answers.again().customer(), dev);
            booksBalance(dev);
            if (saved.version().equals(NOTES_NO_HOURS)) {
                saysWhatItDoesNotKnow(answers.again().customer(), dev);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    @DisabledIfSystemProperty(named = WRITE, matches = ".+")
    void answersAsItDidWhenTheStateIsRestored(SavedState saved) throws Exception {
        saved.unpackInto(directory);
        delete(directory.resolve("state"));
        try (var dev = DevProcess.start(directory)) {
            answersAreTheSame(saved.answers(), dev);
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    @DisabledIfSystemProperty(named = WRITE, matches = ".+")
    void countsNothingTwiceWhenTheGroupsOffsetsExpired(SavedState saved) throws Exception {
        saved.unpackInto(directory);
        SavedAnswers answers = saved.answers();
        long readAgain = forgetOffsets();
        // One day the broker deletes the events in the middle of this, and there is nothing to read again.
        boolean areKept = Instant.now()
                .isBefore(Instant.parse(answers.again().occurredAt()).plus(Topics.KEPT));
        assertThat(readAgain > 0 || !areKept).isTrue();
        try (var dev = DevProcess.start(directory)) {
            await().atMost(Duration.ofSeconds(30)).until(() -> skipped(dev) >= readAgain || !areKept);
            answersAreTheSame(answers, dev);
            countsOn(answers.again().customer(), dev);
        }
    }

    /** Says how many events the group has to read again. */
    private long forgetOffsets() throws Exception {
        try (var broker = EmbeddedBroker.start(directory.resolve("kafka"), 0);
                var admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            Set<TopicPartition> partitions = committed(admin);
            // Its static member is remembered until its session ends.
            await().atMost(Duration.ofSeconds(30)).until(() -> isForgotten(admin, partitions));
            return events(admin, partitions);
        }
    }

    private static Set<TopicPartition> committed(Admin admin) throws Exception {
        return admin.listConsumerGroupOffsets(GROUP)
                .partitionsToOffsetAndMetadata()
                .get()
                .keySet();
    }

    private static boolean isForgotten(Admin admin, Set<TopicPartition> partitions) throws Exception {
        try {
            admin.deleteConsumerGroupOffsets(GROUP, partitions).all().get();
            return true;
        } catch (ExecutionException stillSubscribed) {
            return false;
        }
    }

    /** Of the inputs, whose offsets are all records: what is written in transactions has markers between. */
    private static long events(Admin admin, Set<TopicPartition> partitions) throws Exception {
        long events = 0;
        var inputs = partitions.stream()
                .filter(one -> Set.of("tidemark.requests", "tidemark.usage").contains(one.topic()))
                .collect(Collectors.toSet());
        for (var end : offsets(admin, inputs, OffsetSpec.latest()).values()) {
            events += end;
        }
        for (var begin : offsets(admin, inputs, OffsetSpec.earliest()).values()) {
            events -= begin;
        }
        return events;
    }

    private static Map<TopicPartition, Long> offsets(Admin admin, Set<TopicPartition> of, OffsetSpec which)
            throws Exception {
        return admin
                .listOffsets(of.stream().collect(Collectors.toMap(Function.identity(), any -> which)))
                .all()
                .get()
                .entrySet()
                .stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, one -> one.getValue().offset()));
    }

    private static long skipped(DevProcess dev) throws Exception {
        return dev.api().values("tidemark_fenced_records").values().stream()
                .mapToLong(BigDecimal::longValue)
                .sum();
    }

    /** The metrics are refreshed every second or so; what was counted twice would stay so. */
    private static void answersAreTheSame(SavedAnswers answers, DevProcess dev) {
        await().atMost(Duration.ofSeconds(15))
                .untilAsserted(() -> assertThat(answers.differences(dev)).isEmpty());
    }

    private static void aChangedAnswerIsNoticed(SavedAnswers answers, DevProcess dev) throws Exception {
        Question first = answers.questions().get(0);
        var body = (ObjectNode) first.body().deepCopy();
        body.put("requests", body.get("requests").asInt() + 1);
        var changed = new Question(first.key(), first.path(), first.status(), body);
        var other =
                new SavedAnswers(answers.keys(), answers.again(), answers.fates(), answers.feed(), List.of(changed));
        assertThat(other.differences(dev)).as("control").hasSize(1);
    }

    /** A repeat is known while it is accepted, and too late ever after: it never counts. */
    private static void knowsWhatItCounted(Again again, DevProcess dev) throws Exception {
        Instant occurredAt = Instant.parse(again.occurredAt());
        boolean known = Instant.now().isBefore(occurredAt.plus(ACCEPTED_FOR));
        String fate = known ? "duplicate" : "rejected";
        Map<String, Long> before = dev.api().fates();
        send(dev, again.id(), again.customer(), occurredAt);
        await().atMost(Duration.ofSeconds(30)).until(() -> count(dev.api().fates(), fate) == count(before, fate) + 1);
        assertThat(dev.api().fates()).containsEntry("counted", count(before, "counted"));
    }

    private static void countsOn(String customer, DevProcess dev) throws Exception {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        String path = "/api/v1/customers/" + customer + "/usage?timezone=UTC&from=" + now.minus(1, ChronoUnit.HOURS);
        int before = dev.api().json(path).get("requests").asInt();
        send(dev, "new-" + UUID.randomUUID(), customer, now);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> dev.api().json(path).get("requests").asInt() == before + 1);
    }

    private static void booksBalance(DevProcess dev) throws Exception {
        JsonNode books = dev.api().json("/api/v1/reconciliation");
        assertThat(books.get("balanced").asBoolean()).as("%s", books).isTrue();
    }

    /** What was counted before hours were told apart, and of whose events nobody noted how many were late, is no imbalance and no zero. */
    private static void saysWhatItDoesNotKnow(String customer, DevProcess dev) throws Exception {
        JsonNode books = dev.api().json("/api/v1/reconciliation");
        long inNoHour = 0;
        for (JsonNode row : books.get("since_beginning")) {
            inNoHour += row.get("in_no_hour").get("read").asLong();
            assertThat(row.get("tallied_since").isNull())
                    .isEqualTo(row.get("in_no_hour").get("read").asLong() == 0);
        }
        assertThat(inNoHour).isPositive();
        JsonNode pages = dev.api()
                .json("/api/v1/customers/" + customer + "/usage?explain=true&timezone=UTC&from=2020-01-01T00:00:00Z")
                .get("explain")
                .get("pages");
        assertThat(pages).anyMatch(page -> page.get("late").isNull());
    }

    private static long count(Map<String, Long> fates, String fate) {
        return fates.getOrDefault(fate, 0L);
    }

    private static void send(DevProcess dev, String id, String customer, Instant occurredAt) {
        try (var producers = new Producers(dev.kafka(), dev.registry())) {
            producers.send(Scenario.request("demo", id, customer, occurredAt), Placing.JAVA);
        }
    }

    private static void delete(Path tree) throws IOException {
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
