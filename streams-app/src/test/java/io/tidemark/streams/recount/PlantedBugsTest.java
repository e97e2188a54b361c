package io.tidemark.streams.recount;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.streams.MeteringSettings.TimeRule;
import io.tidemark.streams.guarantees.Scratch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** A bug in the arithmetic of pages, in what is known of repeats, in a rule: the whole topology counts with it, and recount finds it. */
@NullMarked
class PlantedBugsTest {
    private static final long SEED = 5;

    private static final String ADDS = "        sums.add(rank * amounts, reading);\n";

    static final List<Planted> IN_PAGES = List.of(
            new Planted("pages/Page.java", ADDS, ADDS + "        if (slot == 17) sums.add(rank * amounts, reading);\n"),
            new Planted("pages/Below.java", "            finer.take(first);\n", ""),
            new Planted(
                    "pages/Page.java",
                    "(int) Math.floorMod(minute, (long) granularity.slotMinutes());",
                    "(int) Math.floorMod(minute + 1, (long) granularity.slotMinutes());"),
            new Planted(
                    "event/Amounts.java",
                    "boolean fits = ((small[i] ^ sum) & (value ^ sum)) >= 0;",
                    "boolean fits = true;"),
            new Planted(
                    "pages/Granularity.java",
                    "(int) Math.floorMod(minute, MINUTES_OF_DAY) / MINUTES_OF_QUARTER;",
                    "(int) Math.floorMod(minute + 1, MINUTES_OF_DAY) / MINUTES_OF_QUARTER;"),
            new Planted("pages/Granularity.java", "getDayOfMonth() - 1;", "getDayOfMonth() % 31;"),
            new Planted(
                    "pages/Minutes.java",
                    "Math.floorDiv(event.occurredAt(), MICROS)",
                    "Math.floorDiv(event.occurredAt() + 1_000_000, MICROS)"));

    static final List<Planted> IN_DEDUPE = List.of(
            new Planted("dedupe/Dedupe.java", "seen.find(id, received.appendedAt())", "(FirstSight) null"),
            new Planted(
                    "dedupe/Identity.java",
                    "event.source(), event.id());",
                    "event.source(), event.id() + event.occurredAt());"),
            new Planted(
                    "dedupe/Dedupe.java",
                    "if (first == null) {",
                    "if (first == null || first.contentHash() != event.contentHash()) {"));

    static final List<Planted> IN_A_RULE = List.of(
            new Planted("intake/Rules.java", "            Rules::countsAreNotNegative,\n", ""),
            new Planted("intake/Rules.java", "occurred < appended - late", "occurred < appended - 2 * late"),
            new Planted("intake/Rules.java", "MOST_TOKENS = 1_000_000_000_000L", "MOST_TOKENS = 900L"));

    private final Scratch scratch = new Scratch();
    private final Path directory = scratch.directory();

    @AfterEach
    void clear() {
        scratch.close();
    }

    private RecountOutcome recounted(List<String> lines) {
        var events = new MixedEvents(SEED, 1, MachinePages.EVENTS);
        return new Recount(MixedEvents.ALL, TimeRule.DEFAULT, events.wire(), new MadeLog(events.all()), Duration.ZERO)
                .run(MachinePages.served(lines));
    }

    /** The control: the same events, the same way of loading, and no bug. */
    @Test
    void findsNothingWhereThereIsNothing() throws Exception {
        var unchanged = new Planted("pages/Page.java", ADDS, ADDS);
        RecountOutcome outcome = recounted(unchanged.lines(directory, SEED));
        assertThat(outcome.differences()).isEmpty();
        assertThat(outcome.doubts()).isEmpty();
        assertThat(outcome.events().counted()).isGreaterThan(MachinePages.EVENTS / 2);
        assertThat(outcome.compared().values()).as("%s", outcome.compared()).allMatch(pages -> pages > 10);
        assertThat(MachinePages.lines(directory.resolve("plain"), SEED))
                .isEqualTo(unchanged.lines(directory.resolve("again"), SEED));
    }

    @ParameterizedTest
    @FieldSource("IN_PAGES")
    void findsABugInTheArithmeticOfPages(Planted bug) throws Exception {
        assertThat(recounted(bug.lines(directory, SEED)).differences()).isNotEmpty();
    }

    @ParameterizedTest
    @FieldSource("IN_DEDUPE")
    void findsABugInDedupe(Planted bug) throws Exception {
        assertThat(recounted(bug.lines(directory, SEED)).differences()).isNotEmpty();
    }

    @ParameterizedTest
    @FieldSource("IN_A_RULE")
    void findsABugInARule(Planted bug) throws Exception {
        assertThat(recounted(bug.lines(directory, SEED)).differences()).isNotEmpty();
    }
}
