package io.tidemark.dev.chaos;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How well questions were answered in a time. Who waits for a position is left out: that takes as long as it takes. */
record Availability(
        int questions,
        double answered,
        double answeredAtOnce,
        double complete,
        Duration longestGap,
        Duration p50,
        Duration p99,
        Duration slowest,
        Duration oldest) {

    /** @param times the calls of each; what lies between them is no gap */
    static Availability of(List<List<Call>> times) {
        Map<Long, List<Call>> questions = times.stream()
                .flatMap(List::stream)
                .filter(call -> call.kind() != Call.Kind.WRITE && call.after().isEmpty())
                .sorted(Comparator.comparingInt(Call::tries))
                .collect(Collectors.groupingBy(Call::question));
        List<Call> answers = questions.values().stream()
                .map(tries -> tries.get(tries.size() - 1))
                .filter(Call::isAnswer)
                .sorted(Comparator.comparing(Call::end))
                .toList();
        List<Duration> took = answers.stream()
                .map(last -> Duration.between(
                        requireNonNull(questions.get(last.question())).get(0).start(), last.end()))
                .sorted()
                .toList();
        int all = questions.size();
        return new Availability(
                all,
                part(answers.size(), all),
                part(atOnce(questions.values()), all),
                part(answers.stream().filter(one -> one.said().complete()).count(), all),
                times.stream()
                        .map(Availability::longestGap)
                        .max(Comparator.naturalOrder())
                        .orElse(Duration.ZERO),
                quantile(took, 0.5),
                quantile(took, 0.99),
                quantile(took, 1),
                answers.stream()
                        .map(one -> Duration.between(one.said().asOf(), one.end()))
                        .max(Comparator.naturalOrder())
                        .orElse(Duration.ZERO));
    }

    private static long atOnce(Collection<List<Call>> questions) {
        return questions.stream().filter(tries -> tries.get(0).isAnswer()).count();
    }

    private static double part(long some, long all) {
        return all == 0 ? 0 : (double) some / all;
    }

    private static Duration longestGap(List<Call> calls) {
        List<Call> answers = calls.stream()
                .filter(call -> call.isAnswer() && call.after().isEmpty())
                .sorted(Comparator.comparing(Call::end))
                .toList();
        Duration longest = Duration.ZERO;
        Instant before = answers.isEmpty() ? Instant.EPOCH : answers.get(0).end();
        for (Call one : answers) {
            Duration gap = Duration.between(before, one.end());
            longest = gap.compareTo(longest) > 0 ? gap : longest;
            before = one.end();
        }
        return longest;
    }

    private static Duration quantile(List<Duration> sorted, double part) {
        return sorted.isEmpty()
                ? Duration.ZERO
                : sorted.get((int) Math.min(sorted.size() - 1, Math.floor(part * sorted.size())));
    }

    /** Why what was not answered was not, and how often; of the last try of those who had no answer at all, apart. */
    static Map<String, Long> refusals(List<Call> calls) {
        Map<Long, Integer> last = new HashMap<>();
        calls.forEach(
                call -> last.merge(call.question(), call.isAnswer() ? Integer.MAX_VALUE : call.tries(), Math::max));
        return calls.stream()
                .filter(call -> call.kind() != Call.Kind.WRITE && !call.isAnswer())
                .collect(Collectors.groupingBy(
                        call -> (Objects.equals(last.get(call.question()), call.tries()) && call.tries() > 0
                                        ? "at last: "
                                        : "")
                                + why(call),
                        TreeMap::new,
                        Collectors.counting()));
    }

    private static String why(Call call) {
        String body = call.body();
        return call.kind() + " "
                + (call.status() == 0 ? body : call.status() + " " + text(body, "detail")).replaceAll("[0-9]+", "N");
    }

    private static String text(String body, String field) {
        String start = "\"" + field + "\":\"";
        int at = body.indexOf(start);
        return at < 0 ? body : body.substring(at + start.length(), body.indexOf('"', at + start.length()));
    }

    /** As it is written down. */
    Map<String, Object> figures() {
        var figures = new LinkedHashMap<String, Object>();
        figures.put("questions", questions);
        figures.put("answered_with_another_try", percent(answered));
        figures.put("answered_at_once", percent(answeredAtOnce));
        figures.put("complete_with_another_try", percent(complete));
        figures.put("longest_gap_ms", longestGap.toMillis());
        figures.put("p50_ms", p50.toMillis());
        figures.put("p99_ms", p99.toMillis());
        figures.put("slowest_ms", slowest.toMillis());
        figures.put("oldest_answer_ms", oldest.toMillis());
        return figures;
    }

    private static String percent(double part) {
        return String.format("%.3f %%", 100 * part);
    }

    /** Those of a list, as a sorted list of milliseconds. */
    static List<Long> millis(Collection<Duration> durations) {
        return new ArrayList<>(
                durations.stream().map(Duration::toMillis).sorted().toList());
    }
}
