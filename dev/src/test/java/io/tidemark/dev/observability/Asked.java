package io.tidemark.dev.observability;

import io.tidemark.dev.observability.PromQl.Aggregate;
import io.tidemark.dev.observability.PromQl.Binary;
import io.tidemark.dev.observability.PromQl.Call;
import io.tidemark.dev.observability.PromQl.Grouping;
import io.tidemark.dev.observability.PromQl.Literal;
import io.tidemark.dev.observability.PromQl.Matcher;
import io.tidemark.dev.observability.PromQl.Series;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What an expression asks for that is not served, or cannot be had of what is. One for each expression. */
final class Asked {
    private static final Set<String> SETS = Set.of("and", "or", "unless");

    private final Exposition served;
    private final Set<String> excused;
    private final List<String> faults = new ArrayList<>();

    /** @param excused matchers that no series needs to meet, as {@code status=~"5.."} */
    Asked(Exposition served, Set<String> excused) {
        this.served = served;
        this.excused = excused;
    }

    List<String> faults() {
        return List.copyOf(faults);
    }

    /** The labels that a result may have; notes what is wrong on the way. */
    Set<String> labels(PromQl expression) {
        if (expression instanceof Series series) {
            return ofSeries(series);
        }
        if (expression instanceof Call call) {
            return ofCall(call);
        }
        if (expression instanceof Aggregate aggregate) {
            return ofAggregate(aggregate);
        }
        return expression instanceof Binary binary ? ofBinary(binary) : Set.of();
    }

    private Set<String> ofSeries(Series series) {
        List<Map<String, String>> rows = served.series().getOrDefault(series.metric(), List.of());
        if (rows.isEmpty()) {
            faults.add("no metric " + series.metric());
            return Set.of();
        }
        Set<String> labels = served.labels(series.metric());
        series.matchers().forEach(matcher -> needs(labels, List.of(matcher.label()), series.metric()));
        if (rows.stream().noneMatch(row -> series.matchers().stream().allMatch(matcher -> lets(matcher, row)))) {
            faults.add("no series of " + series.metric() + " meets " + series.matchers());
        }
        return labels;
    }

    private boolean lets(Matcher matcher, Map<String, String> row) {
        return excused.contains(matcher.label() + matcher.operator() + '"' + matcher.value() + '"')
                || matcher.lets(row.getOrDefault(matcher.label(), ""));
    }

    private Set<String> ofCall(Call call) {
        Set<String> labels = union(call.arguments());
        if (call.function().equals("histogram_quantile")) {
            needs(labels, List.of("le"), call.function());
            labels.remove("le");
        }
        return labels;
    }

    private Set<String> ofAggregate(Aggregate aggregate) {
        Set<String> labels = union(aggregate.arguments());
        boolean keeps =
                aggregate.operator().equals("topk") || aggregate.operator().equals("bottomk");
        if (aggregate.grouping().isEmpty()) {
            return keeps ? labels : Set.of();
        }
        Grouping grouping = aggregate.grouping().get();
        needs(labels, grouping.labels(), grouping.keyword());
        if (keeps) {
            return labels;
        }
        if (grouping.keyword().equals("by")) {
            return new TreeSet<>(grouping.labels());
        }
        labels.removeAll(grouping.labels());
        return labels;
    }

    private Set<String> ofBinary(Binary binary) {
        Set<String> left = labels(binary.left());
        Set<String> right = labels(binary.right());
        if (isNumber(binary.left()) || isNumber(binary.right())) {
            return isNumber(binary.left()) ? right : left;
        }
        if (binary.matching().isPresent()) {
            Grouping matching = binary.matching().get();
            needs(left, matching.labels(), matching.keyword());
            needs(right, matching.labels(), matching.keyword());
        } else if (!left.equals(right)) {
            faults.add("the sides of " + binary.operator() + " never match: " + left + ", " + right);
        }
        if (binary.matching().isEmpty() || SETS.contains(binary.operator()) || isComparison(binary.operator())) {
            return left;
        }
        return binary.matching().map(matching -> Set.copyOf(matching.labels())).orElse(left);
    }

    private static boolean isComparison(String operator) {
        return Set.of("==", "!=", "<", ">", "<=", ">=").contains(operator);
    }

    /** A number has no labels, and goes with whatever there is. */
    private static boolean isNumber(PromQl expression) {
        return expression instanceof Literal
                || (expression instanceof Call call && Set.of("time", "scalar").contains(call.function()))
                || (expression instanceof Binary binary && isNumber(binary.left()) && isNumber(binary.right()));
    }

    private Set<String> union(List<PromQl> arguments) {
        var labels = new TreeSet<String>();
        arguments.forEach(argument -> labels.addAll(labels(argument)));
        return labels;
    }

    private void needs(Set<String> there, Collection<String> wanted, String by) {
        wanted.stream()
                .filter(label -> !there.contains(label))
                .forEach(label -> faults.add("no label " + label + " for " + by + ", only " + there));
    }
}
