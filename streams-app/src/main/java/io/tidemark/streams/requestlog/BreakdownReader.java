package io.tidemark.streams.requestlog;

import io.tidemark.streams.intake.WholeRequest;
import io.tidemark.streams.reading.PartKind;
import io.tidemark.streams.reading.PartReader;
import io.tidemark.streams.reading.Period;
import io.tidemark.streams.reading.Sums;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Adds a customer's requests up by what they are labelled with, row by row: as long as that takes, and no longer than it may. */
public final class BreakdownReader implements PartReader<BreakdownQuery, Breakdown> {
    public static final PartKind<BreakdownQuery, Breakdown> KIND =
            new PartKind<>("usage-breakdown", BreakdownQuery.class, Breakdown.class);

    private static final Duration LONGEST = Duration.ofSeconds(2);
    private static final int MOST_GROUPS = 1_000;
    /** How often it is looked at the clock. */
    private static final int BETWEEN_LOOKS = 1_000;

    private final OpenLog log;
    private final Duration longest;

    public BreakdownReader(OpenLog log) {
        this(log, LONGEST);
    }

    BreakdownReader(OpenLog log, Duration longest) {
        this.log = log;
        this.longest = longest;
    }

    @Override
    public PartKind<BreakdownQuery, Breakdown> kind() {
        return KIND;
    }

    @Override
    public boolean isOfOneMoment() {
        return true;
    }

    @Override
    public Breakdown merge(BreakdownQuery query, List<Breakdown> parts) {
        return Breakdown.of(parts);
    }

    @Override
    public Breakdown read(BreakdownQuery query, int partition) {
        if (log.isOff()) {
            return Breakdown.of(query.period(), Map.of(), log.reach(partition));
        }
        return log.whileOurs(partition, () -> {
            long end = System.nanoTime() + longest.toNanos();
            while (true) {
                Period period = within(query.period(), log.reach(partition));
                Breakdown read = read(query, partition, period, end);
                // Rows of its first minute may have gone while it was read.
                if (read.tooMuch().isPresent()
                        || within(query.period(), log.reach(partition)).equals(period)) {
                    return read;
                }
            }
        });
    }

    /** The part of a period of which every request is there; empty, at its end, where that is none of it. */
    private static Period within(Period asked, LogReach log) {
        Instant since = log.completeSince()
                .map(second -> second.plusSeconds(59).truncatedTo(ChronoUnit.MINUTES))
                .filter(asked.from()::isBefore)
                .orElse(asked.from());
        return new Period(since.isBefore(asked.to()) ? since : asked.to(), asked.to());
    }

    private Breakdown read(BreakdownQuery query, int partition, Period period, long end) {
        var adding = new Adding(query, log.rows(partition), end);
        long from = Place.micros(period.from());
        long to = Place.micros(period.to());
        if (from < to) {
            log.walk(
                    partition,
                    RowKey.from(query.tenant(), query.customer(), to - 1),
                    RowKey.from(query.tenant(), query.customer(), from - 1),
                    adding::add);
        }
        LogReach reach = log.reach(partition);
        return adding.tooMuch.isEmpty()
                ? Breakdown.of(period, adding.groups(), reach)
                : Breakdown.tooMuch(period, adding.tooMuch, reach);
    }

    private final class Adding {
        private final BreakdownQuery query;
        private final OpenLog.Rows reader;
        private final Map<List<String>, Tally> tallies = new HashMap<>();
        private final long end;
        private String tooMuch = "";
        private int rows;

        Adding(BreakdownQuery query, OpenLog.Rows reader, long end) {
            this.query = query;
            this.reader = reader;
            this.end = end;
        }

        boolean add(byte[] key, byte[] stored) {
            if (++rows % BETWEEN_LOOKS == 0 && System.nanoTime() - end > 0) {
                tooMuch = "there are more requests than can be added up in " + longest.toMillis() + " ms";
                return false;
            }
            WholeRequest request = reader.read(RowKey.of(key).place(), stored).said();
            tallies.computeIfAbsent(
                            query.by().stream().map(label -> label.of(request)).toList(), any -> new Tally())
                    .add(request);
            if (tallies.size() > MOST_GROUPS) {
                tooMuch = "there are more than " + MOST_GROUPS + " groups";
                return false;
            }
            return true;
        }

        Map<List<String>, Sums> groups() {
            return tallies.entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, one -> one.getValue().sums()));
        }
    }
}
