package io.tidemark.streams.recount;

import io.tidemark.streams.MeteringSettings.TimeRule;
import io.tidemark.streams.dedupe.SeenIds;
import io.tidemark.streams.directory.Pseudonym;
import io.tidemark.streams.event.Coordinates;
import io.tidemark.streams.intake.WriterSchemas;
import io.tidemark.streams.recount.RecountOutcome.Difference;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * Counts the log again and compares, once.
 *
 * <p>The log is read to where it ends; then what is served is asked for, which must contain that and may contain more. So where something differs
 * the log is read on and what differs compared again, until it is equal or stays as it is.
 */
public final class Recount implements AutoCloseable {
    private static final int MOST_ROUNDS = 12;
    private static final int ROUNDS_UNTIL_SETTLED = 6;
    /** Of events that came to a foreign partition it is known where they wait as soon as their own partition is handled. */
    private static final Duration UNTIL_SETTLED = Duration.ofSeconds(3);

    private final RecountQuestion asked;
    private final RecountQuestion question;
    private final TimeRule time;
    private final WriterSchemas schemas;
    private final EventLog log;
    private final Duration untilSettled;
    private final Counts counts = new Counts();
    private final Recounted recounted;

    Recount(RecountQuestion asked, TimeRule time, WriterSchemas schemas, EventLog log, Duration untilSettled) {
        this.asked = asked;
        this.time = time;
        this.schemas = schemas;
        this.log = log;
        this.untilSettled = untilSettled;
        question = narrowed(asked, time, log);
        recounted = new Recounted(question, SeenIds.reach(time), counts);
    }

    /**
     * Connects, and finds out how far the log reaches.
     *
     * @throws CannotRecount when it cannot be read, or has nothing of that time any more
     */
    public static Recount of(RecountSettings settings, RecountQuestion question, Clock clock) {
        return KafkaLog.recount(settings, question, UNTIL_SETTLED, clock);
    }

    /** Of a minute all events are there from the earliest on that can be of it. */
    private static RecountQuestion narrowed(RecountQuestion asked, TimeRule time, EventLog log) {
        return log.beginsAt()
                .map(begin -> RecountQuestion.instant(RecountQuestion.minute(begin.plus(time.early())) + 1))
                .filter(first -> first.isAfter(asked.from()))
                .map(first -> {
                    if (!first.isBefore(asked.to())) {
                        throw new CannotRecount(
                                "the log begins at " + log.beginsAt().orElseThrow() + ": of what occurred before "
                                        + first + " it may lack events");
                    }
                    return asked.from(first);
                })
                .orElse(asked);
    }

    /** How many records were read. */
    public long read() {
        return counts.soFar();
    }

    /** How many are to be read, as far as is known. */
    public long toRead() {
        return log.records();
    }

    /**
     * Reads, asks and compares.
     *
     * @throws CannotRecount when the log cannot be read to its end
     */
    public RecountOutcome run(ServedPages served) {
        long lateRefusals = readOn();
        try (var asking = new Asking(question, recounted, served)) {
            SortedMap<SlotName, Wrong> wrong = asking.all(log.position());
            long until = System.nanoTime() + untilSettled.toNanos();
            Set<SlotName> changing = Set.of();
            boolean settled = wrong.isEmpty();
            for (int round = 0; !settled && round < MOST_ROUNDS; round++) {
                LockSupport.parkNanos(untilSettled.toNanos() / ROUNDS_UNTIL_SETTLED);
                lateRefusals += readOn();
                SortedMap<SlotName, Wrong> now = asking.again(wrong, log.position());
                changing = changing(wrong, now);
                wrong = now;
                settled = wrong.isEmpty() || (changing.isEmpty() && System.nanoTime() - until >= 0);
            }
            return outcome(wrong, changing, asking, lateRefusals);
        }
    }

    private static Set<SlotName> changing(SortedMap<SlotName, Wrong> before, SortedMap<SlotName, Wrong> now) {
        var changing = new HashSet<SlotName>();
        now.forEach((slot, wrong) -> {
            if (!wrong.equals(before.get(slot))) {
                changing.add(slot);
            }
        });
        return changing;
    }

    /** How many records were refused, it turned out, that had been counted here. */
    private long readOn() {
        Set<Coordinates> before = new HashSet<>(log.refused());
        boolean first = counts.soFar() == 0;
        log.readOn(() -> new Judging(
                question,
                time,
                schemas,
                log,
                counts,
                (event, identity, origin) -> recounted.take(event, identity.of(event), origin)));
        List<Coordinates> disputed = recounted.disputes().unread();
        if (!disputed.isEmpty()) {
            log.readAgain(disputed, Judging.again(question, time, schemas, log, recounted::dispute));
        }
        return first
                ? 0
                : log.refused().stream().filter(at -> !before.contains(at)).count();
    }

    private RecountOutcome outcome(
            SortedMap<SlotName, Wrong> wrong, Set<SlotName> changing, Asking asking, long lateRefusals) {
        List<String> doubts = doubts(wrong, changing, lateRefusals);
        var differences = new ArrayList<Difference>();
        wrong.forEach((slot, each) -> differences.addAll(each.differences(slot)));
        return new RecountOutcome(
                question.from(),
                question.to(),
                counts.events(),
                asking.compared(),
                recounted.disputes().count(),
                asking.erased(),
                differences,
                doubts);
    }

    /** Why something cannot be told; that is taken from what differs. */
    private List<String> doubts(SortedMap<SlotName, Wrong> wrong, Set<SlotName> changing, long lateRefusals) {
        var doubts = new ArrayList<String>();
        log.beginsAt().ifPresent(begin -> {
            if (question.from().isAfter(asked.from())) {
                doubts.add("the log begins at " + begin + ": minutes before " + question.from() + " were not compared");
            } else if (!wrong.isEmpty()) {
                doubts.add("the log begins at " + begin + ": what repeats an older event was counted again as new");
            }
        });
        if (counts.unreadableSoFar() > 0) {
            doubts.add(
                    counts.unreadableSoFar()
                            + " records were written with schemas that the registry does not know now: whether they were counted is not known");
        }
        if (lateRefusals > 0 && !wrong.isEmpty()) {
            doubts.add(
                    lateRefusals
                            + " records were refused while the log was read, and may have been counted again; run it once more");
        }
        Set<String> unknown = wrong.keySet().stream()
                .map(slot -> slot.owner().customer())
                .filter(Pseudonym::is)
                .collect(Collectors.toSet());
        if (!unknown.isEmpty()) {
            wrong.keySet().removeIf(slot -> unknown.contains(slot.owner().customer()));
            doubts.add(
                    unknown.size()
                            + " customers were erased, and what is served of them is not all that the log has of any one customer");
        }
        if (!changing.isEmpty()) {
            wrong.keySet().removeAll(changing);
            doubts.add(changing.size()
                    + " slots were changing all the time; run it once more, or up to a minute that has passed");
        }
        return doubts;
    }

    @Override
    public void close() {
        log.close();
    }
}
