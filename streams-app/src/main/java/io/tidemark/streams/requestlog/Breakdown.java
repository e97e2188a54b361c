package io.tidemark.streams.requestlog;

import io.tidemark.streams.reading.Period;
import io.tidemark.streams.reading.Sums;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Usage by what requests are labelled with.
 *
 * @param period the span that was really summed: that which was asked for, as far as the log is whole
 * @param groups by cost where there is one currency, then by requests, the most first
 * @param tooMuch why it was given up; there are no groups then
 */
public record Breakdown(Period period, List<Group> groups, Optional<String> tooMuch, LogReach log) {
    private static final Comparator<Group> BY_REQUESTS = Comparator.comparingLong(
                    (Group group) -> group.sums().count())
            .reversed()
            .thenComparing(Group::labels, Breakdown::compare);

    public Breakdown {
        groups = List.copyOf(groups);
    }

    /**
     * The requests that are labelled alike.
     *
     * @param labels in the order of the question; empty texts where they have none
     */
    public record Group(List<String> labels, Sums sums) {
        public Group {
            labels = List.copyOf(labels);
        }
    }

    /** Of groups in no order. */
    static Breakdown of(Period period, Map<List<String>, Sums> groups, LogReach log) {
        var sorted = new ArrayList<Group>();
        groups.forEach((labels, sums) -> sorted.add(new Group(labels, sums)));
        sorted.sort(order(sorted));
        return new Breakdown(period, sorted, Optional.empty(), log);
    }

    static Breakdown tooMuch(Period period, String why, LogReach log) {
        return new Breakdown(period, List.of(), Optional.of(why), log);
    }

    /** Costs in several currencies cannot be compared. */
    private static Comparator<Group> order(List<Group> groups) {
        long currencies = groups.stream()
                .flatMap(group -> group.sums().cost().keySet().stream())
                .distinct()
                .count();
        return currencies == 1
                ? Comparator.comparing(Breakdown::cost).reversed().thenComparing(BY_REQUESTS)
                : BY_REQUESTS;
    }

    private static BigDecimal cost(Group group) {
        return group.sums().cost().values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static int compare(List<String> one, List<String> other) {
        for (int i = 0; i < one.size(); i++) {
            int compared = one.get(i).compareTo(other.get(i));
            if (compared != 0) {
                return compared;
            }
        }
        return 0;
    }

    /** What several partitions say together; a customer's requests lie in one. */
    static Breakdown of(List<Breakdown> parts) {
        Period period = new Period(
                parts.stream()
                        .map(part -> part.period().from())
                        .max(Comparator.naturalOrder())
                        .orElseThrow(),
                parts.get(0).period().to());
        LogReach log = LogReach.ofAll(parts.stream().map(Breakdown::log).toList());
        Optional<String> tooMuch =
                parts.stream().flatMap(part -> part.tooMuch().stream()).findFirst();
        if (tooMuch.isPresent()) {
            return tooMuch(period, tooMuch.get(), log);
        }
        var groups = new HashMap<List<String>, Sums>();
        parts.forEach(part -> part.groups().forEach(group -> groups.merge(group.labels(), group.sums(), Sums::plus)));
        return of(period, groups, log);
    }
}
