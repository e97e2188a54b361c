package io.tidemark.streams.recount;

import io.tidemark.streams.MeteringSettings.TimeRule;
import io.tidemark.streams.directory.Pseudonym;
import io.tidemark.streams.event.Coordinates;
import io.tidemark.streams.intake.WriterSchemas;
import io.tidemark.streams.reading.PageLength;
import io.tidemark.streams.recount.RecountOutcome.Difference;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
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
    /** Of more than these, all customers are asked for once more. */
    private static final int MOST_BY_NAME = 50;

    private final RecountQuestion asked;
    private final RecountQuestion question;
    private final TimeRule time;
    private final WriterSchemas schemas;
    private final EventLog log;
    private final Duration untilSettled;
    private final Counts counts = new Counts();
    private final Recounted recounted;
    private final SortedMap<PageLength, Long> compared = new TreeMap<>();
    /** Who is asked and who compares take turns otherwise. */
    private final ExecutorService asking = Executors.newFixedThreadPool(PageLength.values().length, task -> {
        var thread = new Thread(task, "tidemark-recount-pages");
        thread.setDaemon(true);
        return thread;
    });

    Recount(RecountQuestion asked, TimeRule time, WriterSchemas schemas, EventLog log, Duration untilSettled) {
        this.asked = asked;
        this.time = time;
        this.schemas = schemas;
        this.log = log;
        this.untilSettled = untilSettled;
        question = narrowed(asked, time, log);
        recounted = new Recounted(question, time.late().plus(time.early()).plus(time.brokerSkew()), counts);
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
        var wrong = new TreeMap<SlotName, Wrong>();
        int erased = compare(served, any -> true, question.customer(), wrong);
        long until = System.nanoTime() + untilSettled.toNanos();
        Set<SlotName> changing = Set.of();
        for (int round = 0; !wrong.isEmpty() && round < MOST_ROUNDS; round++) {
            LockSupport.parkNanos(untilSettled.toNanos() / ROUNDS_UNTIL_SETTLED);
            long before = counts.soFar();
            lateRefusals += readOn();
            var now = new TreeMap<SlotName, Wrong>();
            erased += compareAgain(served, wrong, now);
            changing = changing(wrong, now);
            wrong = now;
            boolean quiet = counts.soFar() == before && changing.isEmpty();
            if (quiet && System.nanoTime() - until >= 0) {
                break;
            }
        }
        return outcome(wrong, changing, erased, lateRefusals);
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

    /** How many customers turned out to be erased. */
    private int compare(
            ServedPages served, Predicate<String> customers, Optional<String> one, SortedMap<SlotName, Wrong> wrong) {
        recounted.disputes().open();
        List<Future<Told>> asked = Arrays.stream(PageLength.values())
                .map(length -> asking.submit(() -> told(length, served, customers, one)))
                .toList();
        for (Future<Told> each : asked) {
            Told told = await(each);
            wrong.putAll(told.comparing().end(RecountQuestion.minute(told.keptFrom())));
            compared.merge(told.length(), told.comparing().pages(), Math::max);
        }
        return Erased.explain(wrong, Pseudonym::is).size();
    }

    /** All pages of a length, as they were told, before what differs is known. */
    private record Told(PageLength length, Comparing comparing, Instant keptFrom) {}

    private Told told(PageLength length, ServedPages served, Predicate<String> customers, Optional<String> one) {
        var comparing = new Comparing(length, recounted, question, customers);
        Instant kept = served.each(length, question.from(), question.to(), one, log.position(), comparing::page);
        return new Told(length, comparing, kept);
    }

    private static Told await(Future<Told> told) {
        try {
            return told.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotRecount("interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException refused) {
                throw refused;
            }
            throw new CannotRecount("what is served cannot be asked for: " + e.getCause(), e);
        }
    }

    private int compareAgain(ServedPages served, SortedMap<SlotName, Wrong> wrong, SortedMap<SlotName, Wrong> now) {
        Set<String> customers =
                wrong.keySet().stream().map(slot -> slot.owner().customer()).collect(Collectors.toSet());
        if (customers.size() > MOST_BY_NAME || recounted.disputes().count() > 0) {
            return compare(served, any -> true, question.customer(), now);
        }
        recounted.disputes().open();
        for (PageLength length : PageLength.values()) {
            var comparing = new Comparing(length, recounted, question, customers::contains);
            Instant kept = question.from();
            for (String customer : customers) {
                Instant from = served.each(
                        length, question.from(), question.to(), Optional.of(customer), log.position(), comparing::page);
                kept = from.isAfter(kept) ? from : kept;
            }
            now.putAll(comparing.end(RecountQuestion.minute(kept)));
        }
        return Erased.explain(now, Pseudonym::is).size();
    }

    private RecountOutcome outcome(
            SortedMap<SlotName, Wrong> wrong, Set<SlotName> changing, int erased, long lateRefusals) {
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
        var differences = new ArrayList<Difference>();
        wrong.forEach((slot, each) -> differences.addAll(each.differences(slot)));
        return new RecountOutcome(
                question.from(),
                question.to(),
                counts.events(),
                compared,
                recounted.disputes().count(),
                erased,
                differences,
                doubts);
    }

    @Override
    public void close() {
        asking.shutdownNow();
        log.close();
    }
}
