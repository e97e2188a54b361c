package io.tidemark.query.tracing;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tidemark.query.customers.Whose;
import io.tidemark.streams.directory.Customer;
import io.tidemark.streams.reading.Freshness;
import io.tidemark.streams.tracing.Difference;
import io.tidemark.streams.tracing.Refusal;
import io.tidemark.streams.tracing.TraceQuestion;
import io.tidemark.streams.tracing.Traced;
import io.tidemark.streams.tracing.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What became of an event as it is sent.
 *
 * @param reason why the fate is no better; null where it is final
 * @param counted the record that was counted, if that is the one that was asked about
 * @param firstSight the record that was counted in the place of the one that was asked about
 * @param record what was asked for, else what was counted; null where there is neither
 */
record FateBody(
        String id,
        @Nullable String source,
        Whose customer,
        String fate,
        @Nullable String reason,
        @Nullable CountedBody counted,
        @Nullable CountedBody firstSight,
        List<DifferenceBody> differences,
        List<RejectionBody> rejections,
        boolean judgedAgain,
        @Nullable RecordBody record,
        Instant idsKnownSince,
        Instant asOf,
        boolean complete,
        List<Integer> missingPartitions,
        String position) {

    record DifferenceBody(
            String field,
            @Nullable Object first,
            @JsonProperty("this") @Nullable Object here) {
        static DifferenceBody of(Difference difference) {
            return new DifferenceBody(difference.field(), difference.first(), difference.here());
        }
    }

    record RejectionBody(
            String reason, List<FaultBody> faults, String topic, int partition, long offset, Instant arrivedAt) {
        static RejectionBody of(Refusal refusal) {
            return new RejectionBody(
                    refusal.faults().get(0).reason().label(),
                    refusal.faults().stream()
                            .map(fault -> new FaultBody(
                                    fault.reason().label(),
                                    fault.field().isEmpty() ? null : fault.field(),
                                    fault.detail()))
                            .toList(),
                    name(refusal.at().topic()),
                    refusal.at().partition(),
                    refusal.at().offset(),
                    Instant.ofEpochMilli(refusal.appendedAt()));
        }
    }

    record FaultBody(String reason, @Nullable String field, String detail) {}

    static FateBody of(TraceQuestion asked, Optional<Customer> known, Traced traced) {
        Freshness freshness = traced.freshness();
        boolean counted = traced.verdict() == Verdict.COUNTED;
        CountedBody first = traced.first()
                .map(sight -> CountedBody.of(sight.at(), traced.counted()))
                .orElse(null);
        return new FateBody(
                asked.id(),
                asked.source().isEmpty() ? null : asked.source(),
                new Whose(asked.customer(), known),
                name(traced.verdict()),
                traced.because().map(FateBody::name).orElse(null),
                counted ? first : null,
                counted ? null : first,
                traced.differences().stream().map(DifferenceBody::of).toList(),
                traced.refusals().stream().map(RejectionBody::of).toList(),
                traced.judgedAgain(),
                RecordBody.of(asked, traced).orElse(null),
                traced.idsKnownSince(),
                freshness.asOf(),
                freshness.complete(),
                freshness.missingPartitions(),
                freshness.position());
    }

    static String name(Enum<?> one) {
        return one.name().toLowerCase(Locale.ROOT);
    }
}
