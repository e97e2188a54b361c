package io.tidemark.streams.reconciliation;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tidemark.streams.accounts.StoredProgress;
import io.tidemark.streams.accounts.StoredTallies;
import io.tidemark.streams.hot.HotReads.NotServed;
import io.tidemark.streams.pages.Conservation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks once a minute that the books of the partitions counted here balance. What is seen {@value #STAYS} times running is no passing thing:
 * then the instance says that it should not be relied on, until it is gone.
 *
 * <p>The tallies of all partitions are looked at each time; whether pages hold what was counted, of one partition after the other, as all its
 * month pages are read for it, and of those where it did not at the last look.
 */
public final class Auditor implements AutoCloseable {
    static final int STAYS = 3;

    private static final Logger LOG = LoggerFactory.getLogger(Auditor.class);
    private static final Duration EVERY = Duration.ofMinutes(1);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final int MOST_SAID = 3;

    private final Supplier<List<Integer>> partitions;
    private final StoredTallies tallies;
    private final StoredProgress progress;
    private final Conservation conservation;
    private final Clock clock;
    private final ScheduledExecutorService auditing = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "tidemark-auditor");
        thread.setDaemon(true);
        return thread;
    });
    private volatile List<Suspect> suspects = List.of();
    private final LongAdder checks = new LongAdder();
    private int next;
    private Instant due;

    /** @param partitions those that are counted here now */
    public Auditor(
            Supplier<List<Integer>> partitions,
            StoredTallies tallies,
            StoredProgress progress,
            Conservation conservation,
            Clock clock) {
        this.partitions = partitions;
        this.tallies = tallies;
        this.progress = progress;
        this.conservation = conservation;
        this.clock = clock;
        due = clock.instant().plus(EVERY);
    }

    /** An imbalance, and how many checks running it was seen in. */
    private record Suspect(Imbalance imbalance, int times, boolean ofPages) {
        boolean stays() {
            return times >= STAYS;
        }
    }

    public void start() {
        Future<?> unused = auditing.scheduleWithFixedDelay(
                this::checkIfDue, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void checkIfDue() {
        if (clock.instant().isBefore(due)) {
            return;
        }
        due = clock.instant().plus(EVERY);
        try {
            check();
        } catch (RuntimeException e) {
            LOG.warn("the books could not be checked because={}", e.toString());
        }
    }

    /** One check; what a partition that cannot be read now was suspected of stays as it was. */
    void check() {
        List<Integer> here = partitions.get();
        List<Suspect> before = suspects;
        var now = new ArrayList<Suspect>();
        for (int partition : here) {
            List<Suspect> its = before.stream()
                    .filter(one -> one.imbalance().partition() == partition && !one.ofPages())
                    .toList();
            try {
                now.addAll(seen(new Books(partition, tallies.of(partition), progress::topic).imbalances(), its, false));
            } catch (NotServed e) {
                now.addAll(its);
            }
        }
        Set<Integer> inTurn = pagesToBeRead(here, before);
        for (int partition : here) {
            List<Suspect> its = before.stream()
                    .filter(one -> one.imbalance().partition() == partition && one.ofPages())
                    .toList();
            now.addAll(inTurn.contains(partition) ? seenInPages(partition, its) : its);
        }
        say(before, now);
        suspects = List.copyOf(now);
        checks.increment();
    }

    private Set<Integer> pagesToBeRead(List<Integer> here, List<Suspect> before) {
        var read = new LinkedHashSet<Integer>();
        before.stream()
                .filter(Suspect::ofPages)
                .map(one -> one.imbalance().partition())
                .forEach(read::add);
        if (!here.isEmpty()) {
            read.add(here.get(Math.floorMod(next++, here.size())));
        }
        return read;
    }

    private List<Suspect> seenInPages(int partition, List<Suspect> its) {
        try {
            Conservation.Found found = conservation.look(partition);
            if (found instanceof Conservation.Differs differs) {
                var imbalance = new Imbalance(
                        partition,
                        Optional.empty(),
                        Optional.empty(),
                        "what was counted is not what month pages hold",
                        differs.counted(),
                        differs.inPages());
                return seen(List.of(imbalance), its, true);
            }
            // Not knowing breaks the row, and takes nothing back of what was seen often enough.
            return found instanceof Conservation.CannotTell
                    ? its.stream().filter(Suspect::stays).toList()
                    : List.of();
        } catch (NotServed e) {
            return its;
        }
    }

    private static List<Suspect> seen(List<Imbalance> found, List<Suspect> before, boolean ofPages) {
        return found.stream()
                .map(one -> new Suspect(
                        one,
                        1
                                + before.stream()
                                        .filter(suspect -> suspect.imbalance().isWhere(one))
                                        .mapToInt(Suspect::times)
                                        .max()
                                        .orElse(0),
                        ofPages))
                .toList();
    }

    private static void say(List<Suspect> before, List<Suspect> now) {
        for (Suspect suspect : now) {
            if (before.contains(suspect)) {
                // It was not looked at.
                continue;
            }
            if (suspect.times() == 1) {
                LOG.warn("the books do not balance: {}", suspect.imbalance().inWords());
            } else if (suspect.times() == STAYS) {
                LOG.error(
                        "the books do not balance, and this instance is not ready for that: {}",
                        suspect.imbalance().inWords());
            }
        }
        for (Suspect gone : before) {
            if (now.stream().noneMatch(one -> one.imbalance().isWhere(gone.imbalance()))) {
                LOG.info(
                        "gone or counted elsewhere by now: {}", gone.imbalance().inWords());
            }
        }
    }

    /** Why this instance should not be relied on, if it should not. */
    public Optional<String> fault() {
        List<Imbalance> staying =
                suspects.stream().filter(Suspect::stays).map(Suspect::imbalance).toList();
        return staying.isEmpty()
                ? Optional.empty()
                : Optional.of("the books do not balance: "
                        + Books.inWords(staying.subList(0, Math.min(MOST_SAID, staying.size())))
                        + (staying.size() > MOST_SAID ? "; and " + (staying.size() - MOST_SAID) + " more" : "")
                        + ". docs/operations.md says what to do: When the books do not balance");
    }

    private long suspected(boolean staying) {
        return suspects.stream().filter(suspect -> suspect.stays() == staying).count();
    }

    public void bindTo(MeterRegistry registry) {
        Gauge.builder("tidemark.reconciliation.imbalances", this, auditor -> auditor.suspected(false))
                .tag("seen", "once")
                .description(
                        "Numbers that should be the same and are not, of the partitions counted here: at one or two checks running, or staying so")
                .register(registry);
        Gauge.builder("tidemark.reconciliation.imbalances", this, auditor -> auditor.suspected(true))
                .tag("seen", "staying")
                .description(
                        "Numbers that should be the same and are not, of the partitions counted here: at one or two checks running, or staying so")
                .register(registry);
        FunctionCounter.builder("tidemark.reconciliation.checks", checks, LongAdder::sum)
                .description("Checks of the books")
                .register(registry);
    }

    @Override
    public void close() {
        auditing.shutdownNow();
    }
}
