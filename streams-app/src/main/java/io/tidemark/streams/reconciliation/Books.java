package io.tidemark.streams.reconciliation;

import io.tidemark.streams.accounts.StoredTallies.Found;
import io.tidemark.streams.accounts.StoredTallies.Tally;
import io.tidemark.streams.event.Counts;
import io.tidemark.streams.event.Earlier;
import io.tidemark.streams.event.Fate;
import io.tidemark.streams.event.Progress;
import io.tidemark.streams.event.Source;
import io.tidemark.streams.reconciliation.Reconciliation.EverRow;
import io.tidemark.streams.reconciliation.Reconciliation.HourRow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What one partition wrote down of one moment, and whether it adds up. Pure. */
final class Books {
    private static final String HOUR_IS_UNEVEN = "what was read in the hour is not what came of it";
    private static final String WHOLE_IS_UNEVEN = "what was read is not what came of it";

    private final int partition;
    private final Found found;
    private final Function<Source, String> topic;

    Books(int partition, Found found, Function<Source, String> topic) {
        this.partition = partition;
        this.found = found;
        this.topic = topic;
    }

    /** When an hour begins that is counted since 1970-01-01T00:00Z. */
    static Instant hour(int number) {
        return Instant.EPOCH.plus(Duration.ofHours(number));
    }

    Reconciliation of(TallyQuestion asked) {
        Optional<Integer> told = asked.byPartition() ? Optional.of(partition) : Optional.empty();
        List<HourRow> hours = found.tallies().stream()
                .filter(tally -> tally.hour() >= asked.from() && tally.hour() < asked.to())
                .map(tally ->
                        new HourRow(hour(tally.hour()), topic.apply(tally.source()), told, Balance.of(tally.counts())))
                .toList();
        List<EverRow> ever =
                found.progress().stream().map(one -> ever(one, told)).toList();
        return Reconciliation.merge(List.of(new Reconciliation(hours, ever, imbalances(), 0)));
    }

    private EverRow ever(Progress progress, Optional<Integer> told) {
        Earlier earlier = progress.earlier();
        Instant handled = Instant.ofEpochMilli(earlier.appendedAt());
        Instant givenUp = hour(earlier.hour());
        Instant since = handled.isAfter(givenUp) ? handled : givenUp;
        return new EverRow(
                topic.apply(progress.source()),
                told,
                Balance.of(whole(progress)),
                Balance.of(earlier.counts()),
                Optional.of(since).filter(Instant.EPOCH::isBefore));
    }

    private static Counts whole(Progress progress) {
        return Counts.of(
                progress.read(),
                List.of(Fate.values()).stream().mapToLong(progress::count).toArray());
    }

    /** Everything that does not add up. */
    List<Imbalance> imbalances() {
        var imbalances = new ArrayList<Imbalance>();
        found.tallies().forEach(tally -> ofHour(tally).ifPresent(imbalances::add));
        for (Progress progress : found.progress()) {
            ofProgress(progress).ifPresent(imbalances::add);
            ofHoursTogether(progress, imbalances);
        }
        return imbalances;
    }

    private Optional<Imbalance> ofHour(Tally tally) {
        Balance balance = Balance.of(tally.counts());
        return balance.addsUp()
                ? Optional.empty()
                : Optional.of(new Imbalance(
                        partition,
                        Optional.of(topic.apply(tally.source())),
                        Optional.of(hour(tally.hour())),
                        HOUR_IS_UNEVEN,
                        balance.read(),
                        balance.fates()));
    }

    private Optional<Imbalance> ofProgress(Progress progress) {
        Balance balance = Balance.of(whole(progress));
        return balance.addsUp()
                ? Optional.empty()
                : Optional.of(imbalance(progress.source(), WHOLE_IS_UNEVEN, balance.read(), balance.fates()));
    }

    private void ofHoursTogether(Progress progress, List<Imbalance> imbalances) {
        Counts together = progress.earlier().counts().copy();
        found.of(progress.source()).forEach(tally -> together.add(tally.counts()));
        same(progress.source(), "read", progress.read(), together.read()).ifPresent(imbalances::add);
        for (Fate fate : Fate.values()) {
            same(progress.source(), fate.label(), progress.count(fate), together.count(fate))
                    .ifPresent(imbalances::add);
        }
    }

    private Optional<Imbalance> same(Source source, String what, long whole, long together) {
        return whole == together
                ? Optional.empty()
                : Optional.of(imbalance(source, what + " is not the sum of its hours", whole, together));
    }

    private Imbalance imbalance(Source source, String what, long expected, long found) {
        return new Imbalance(partition, Optional.of(topic.apply(source)), Optional.empty(), what, expected, found);
    }

    /** Of several, in words. */
    static String inWords(List<Imbalance> imbalances) {
        return imbalances.stream().map(Imbalance::inWords).collect(Collectors.joining("; "));
    }
}
