package io.tidemark.streams.reconciliation;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What became of the records of some partitions.
 *
 * @param hours of the hours that were asked for, each that has any record, by hour, topic and partition
 * @param ever since the beginning, by topic and partition
 * @param imbalances of everything there is, not only of those hours: the first of them
 * @param moreImbalances how many there are beside those
 */
public record Reconciliation(List<HourRow> hours, List<EverRow> ever, List<Imbalance> imbalances, long moreImbalances) {
    static final int MOST_IMBALANCES = 100;

    public Reconciliation {
        hours = List.copyOf(hours);
        ever = List.copyOf(ever);
        imbalances = List.copyOf(imbalances);
    }

    /**
     * The records of a topic that were appended in an hour.
     *
     * @param partition empty where it is all of them together
     */
    public record HourRow(Instant hour, String topic, Optional<Integer> partition, Balance balance) {
        private HourRow plus(HourRow other) {
            return new HourRow(hour, topic, partition, balance.plus(other.balance));
        }
    }

    /**
     * All records of a topic.
     *
     * @param partition empty where it is all of them together
     * @param inNoHour how many of those are in no hour's tally: they came before tallies were kept, or longer ago than those are
     * @param talliedSince hours that begin behind this are tallied whole; empty: all are
     */
    public record EverRow(
            String topic,
            Optional<Integer> partition,
            Balance balance,
            Balance inNoHour,
            Optional<Instant> talliedSince) {
        private EverRow plus(EverRow other) {
            return new EverRow(
                    topic,
                    partition,
                    balance.plus(other.balance),
                    inNoHour.plus(other.inNoHour),
                    Stream.of(talliedSince, other.talliedSince)
                            .flatMap(Optional::stream)
                            .max(Comparator.naturalOrder()));
        }
    }

    /** Whether all that should be the same is. */
    public boolean balances() {
        return imbalances.isEmpty();
    }

    /** Those of several partitions or instances together. */
    static Reconciliation merge(List<Reconciliation> parts) {
        List<Imbalance> imbalances =
                parts.stream().flatMap(part -> part.imbalances.stream()).toList();
        int listed = Math.min(MOST_IMBALANCES, imbalances.size());
        return new Reconciliation(
                together(
                        parts.stream().flatMap(part -> part.hours.stream()),
                        row -> row.hour + " " + row.topic + " " + padded(row.partition),
                        HourRow::plus),
                together(
                        parts.stream().flatMap(part -> part.ever.stream()),
                        row -> row.topic + " " + padded(row.partition),
                        EverRow::plus),
                imbalances.subList(0, listed),
                imbalances.size()
                        - listed
                        + parts.stream().mapToLong(part -> part.moreImbalances).sum());
    }

    private static <R> List<R> together(Stream<R> rows, Function<R, String> key, BinaryOperator<R> plus) {
        Map<String, R> all = new TreeMap<>();
        rows.forEach(row -> all.merge(key.apply(row), row, plus));
        return List.copyOf(all.values());
    }

    /** Sorts as the number does. */
    private static String padded(Optional<Integer> partition) {
        return partition.map(number -> String.format("%010d", number)).orElse("");
    }
}
