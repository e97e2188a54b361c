package io.tidemark.benchmarks.race;

import io.tidemark.benchmarks.course.Mix;
import io.tidemark.benchmarks.measuring.Fetch;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Events a second of Tidemark over those of another, each round by itself: whatever else the machine did, it did to both. */
final class Ratios {
    private Ratios() {}

    private record Round(Mix mix, Fetch fetch, int number) {
        static Round of(Outcome one) {
            return new Round(one.course().mix(), one.fetch(), one.round());
        }
    }

    /** No numbers where there is no round of both. */
    static Spread of(List<Outcome> outcomes, Contestant other) {
        Map<Round, Double> theirs = byRound(outcomes, other);
        return Spread.of(byRound(outcomes, Contestant.T).entrySet().stream()
                .mapToDouble(round -> round.getValue() / theirs.getOrDefault(round.getKey(), Double.NaN))
                .filter(Double::isFinite));
    }

    private static Map<Round, Double> byRound(List<Outcome> outcomes, Contestant who) {
        return outcomes.stream()
                .filter(one -> one.contestant() == who)
                .collect(Collectors.toMap(Round::of, one -> one.figures().perSecond()));
    }
}
