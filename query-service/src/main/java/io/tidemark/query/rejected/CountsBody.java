package io.tidemark.query.rejected;

import io.tidemark.streams.reading.Freshness;
import io.tidemark.streams.reading.Part;
import io.tidemark.streams.rejections.CountRejections.Counted;
import io.tidemark.streams.rejections.Tally;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How many events were rejected, by UTC day of their arrival and by the first of their reasons. */
record CountsBody(
        Span period,
        long total,
        List<OfReason> reasons,
        List<OfDay> data,
        Instant asOf,
        boolean complete,
        List<Integer> missingPartitions,
        String position) {

    /** Whole days. */
    record Span(Instant from, Instant to) {}

    record OfReason(String reason, long count) {}

    record OfDay(String day, String reason, long count) {}

    static CountsBody of(Part<Counted> part, Span period) {
        List<Tally> tallies = part.value().tallies();
        Map<String, Long> reasons = new TreeMap<>();
        tallies.forEach(one -> reasons.merge(one.reason(), one.count(), Math::addExact));
        Freshness fresh = part.freshness();
        return new CountsBody(
                period,
                tallies.stream().mapToLong(Tally::count).sum(),
                reasons.entrySet().stream()
                        .map(one -> new OfReason(one.getKey(), one.getValue()))
                        .toList(),
                tallies.stream()
                        .map(one -> new OfDay(LocalDate.ofEpochDay(one.day()).toString(), one.reason(), one.count()))
                        .toList(),
                fresh.asOf(),
                fresh.complete(),
                fresh.missingPartitions(),
                fresh.position());
    }
}
