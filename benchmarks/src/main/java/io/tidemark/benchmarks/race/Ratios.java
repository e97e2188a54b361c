package io.tidemark.benchmarks.race;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Events a second of Tidemark over those of another, each round by itself: whatever else the machine did, it did to both. */
final class Ratios {
    private Ratios() {}

    /** No numbers where there is no round of both. */
    static Spread of(List<Outcome> outcomes, Contestant other) {
        Map<Integer, Double> theirs = byRound(outcomes, other);
        return Spread.of(byRound(outcomes, Contestant.T).entrySet().stream()
                .mapToDouble(round -> round.getValue() / theirs.getOrDefault(round.getKey(), Double.NaN))
                .filter(Double::isFinite));
    }

    private static Map<Integer, Double> byRound(List<Outcome> outcomes, Contestant who) {
        return outcomes.stream()
                .filter(one -> one.contestant() == who)
                .collect(Collectors.toMap(Outcome::round, one -> one.figures().perSecond()));
    }
}
