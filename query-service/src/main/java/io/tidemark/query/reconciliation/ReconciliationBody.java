package io.tidemark.query.reconciliation;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tidemark.streams.reading.Freshness;
import io.tidemark.streams.reading.Part;
import io.tidemark.streams.reading.Period;
import io.tidemark.streams.reconciliation.Balance;
import io.tidemark.streams.reconciliation.Reconciliation;
import io.tidemark.streams.reconciliation.Reconciliation.EverRow;
import io.tidemark.streams.reconciliation.Reconciliation.HourRow;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of all records, as it is sent. */
record ReconciliationBody(
        Period period,
        boolean balanced,
        List<Imbalance> imbalances,
        long moreImbalances,
        Balance totals,
        List<Hour> hours,
        List<Ever> sinceBeginning,
        Instant asOf,
        boolean complete,
        List<Integer> missingPartitions,
        String position) {

    /** {@code partition} is there only where they are told apart. */
    record Hour(
            Instant hour,
            String topic,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Integer partition,

            Balance records) {
        static Hour of(HourRow row) {
            return new Hour(row.hour(), row.topic(), row.partition().orElse(null), row.balance());
        }
    }

    /** {@code talliedSince} is null where all hours are tallied whole. */
    record Ever(
            String topic,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Integer partition,

            Balance records,
            Balance inNoHour,
            @Nullable Instant talliedSince) {
        static Ever of(EverRow row) {
            return new Ever(
                    row.topic(),
                    row.partition().orElse(null),
                    row.balance(),
                    row.inNoHour(),
                    row.talliedSince().orElse(null));
        }
    }

    record Imbalance(
            int partition, @Nullable String topic, @Nullable Instant hour, String what, long expected, long found) {
        static Imbalance of(io.tidemark.streams.reconciliation.Imbalance one) {
            return new Imbalance(
                    one.partition(),
                    one.topic().orElse(null),
                    one.hour().orElse(null),
                    one.what(),
                    one.expected(),
                    one.found());
        }
    }

    static ReconciliationBody of(Part<Reconciliation> part, Period period) {
        Reconciliation books = part.value();
        Freshness freshness = part.freshness();
        return new ReconciliationBody(
                period,
                books.balances(),
                books.imbalances().stream().map(Imbalance::of).toList(),
                books.moreImbalances(),
                books.hours().stream().map(HourRow::balance).reduce(Balance.NOTHING, Balance::plus),
                books.hours().stream().map(Hour::of).toList(),
                books.ever().stream().map(Ever::of).toList(),
                freshness.asOf(),
                freshness.complete(),
                freshness.missingPartitions(),
                freshness.position());
    }
}
