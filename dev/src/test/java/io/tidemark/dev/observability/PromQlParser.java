package io.tidemark.dev.observability;

import io.tidemark.dev.observability.PromQl.Aggregate;
import io.tidemark.dev.observability.PromQl.Binary;
import io.tidemark.dev.observability.PromQl.Call;
import io.tidemark.dev.observability.PromQl.Grouping;
import io.tidemark.dev.observability.PromQl.Literal;
import io.tidemark.dev.observability.PromQl.Matcher;
import io.tidemark.dev.observability.PromQl.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads PromQL by its grammar: what is left out of it (offset, {@code @}, subqueries) is refused. Whether types fit is for {@code promtool} to say.
 */
final class PromQlParser {
    private static final Pattern TOKEN =
            Pattern.compile("\\s+|#[^\\n]*|(?<token>\"(?:\\\\.|[^\"\\\\])*\"|'(?:\\\\.|[^'\\\\])*'"
                    + "|[0-9][0-9A-Za-z.]*|[A-Za-z_:][A-Za-z0-9_:]*|=~|!~|!=|==|<=|>=|[-+*/%^<>=(){}\\[\\],])");
    private static final Set<String> AGGREGATIONS = Set.of(
            "sum",
            "min",
            "max",
            "avg",
            "count",
            "group",
            "stddev",
            "stdvar",
            "topk",
            "bottomk",
            "quantile",
            "count_values");
    private static final Set<String> FUNCTIONS = Set.of(
            "rate",
            "irate",
            "increase",
            "delta",
            "deriv",
            "changes",
            "resets",
            "predict_linear",
            "histogram_quantile",
            "time",
            "vector",
            "scalar",
            "abs",
            "ceil",
            "floor",
            "round",
            "clamp",
            "clamp_min",
            "clamp_max",
            "absent",
            "absent_over_time",
            "avg_over_time",
            "min_over_time",
            "max_over_time",
            "sum_over_time",
            "last_over_time",
            "sort",
            "sort_desc",
            "timestamp");
    private static final Map<String, Integer> BINDS = Map.ofEntries(
            Map.entry("or", 1),
            Map.entry("and", 2),
            Map.entry("unless", 2),
            Map.entry("==", 3),
            Map.entry("!=", 3),
            Map.entry("<", 3),
            Map.entry(">", 3),
            Map.entry("<=", 3),
            Map.entry(">=", 3),
            Map.entry("+", 4),
            Map.entry("-", 4),
            Map.entry("*", 5),
            Map.entry("/", 5),
            Map.entry("%", 5),
            Map.entry("^", 6));
    private static final String END = "";

    private final String text;
    private final List<String> tokens = new ArrayList<>();
    private int next;

    PromQlParser(String text) {
        this.text = text;
        var found = TOKEN.matcher(text);
        int at = 0;
        while (at < text.length()) {
            if (!found.find(at) || found.start() != at) {
                throw wrong("nothing can be made of " + text.substring(at));
            }
            Optional.ofNullable(found.group("token")).ifPresent(tokens::add);
            at = found.end();
        }
    }

    PromQl parse() {
        PromQl all = binary(1);
        if (!peek().equals(END)) {
            throw wrong("it goes on with " + peek());
        }
        return all;
    }

    private PromQl binary(int least) {
        PromQl left = unary();
        for (int binds = BINDS.getOrDefault(peek(), 0); binds >= least; binds = BINDS.getOrDefault(peek(), 0)) {
            String operator = take();
            boolean unused = takeIf("bool");
            Optional<Grouping> matching = grouping("on", "ignoring");
            Optional<Grouping> carried = grouping("group_left", "group_right");
            left = new Binary(operator, left, binary(operator.equals("^") ? binds : binds + 1), matching, carried);
        }
        return left;
    }

    private PromQl unary() {
        return takeIf("-") || takeIf("+") ? unary() : primary();
    }

    private PromQl primary() {
        if (takeIf("(")) {
            PromQl inner = binary(1);
            expect(")");
            return inner;
        }
        if (peek().equals("{")) {
            return series(END);
        }
        String token = take();
        if (token.equals(END)) {
            throw wrong("it ends too soon");
        }
        char first = token.charAt(0);
        if (Character.isDigit(first) || first == '"' || first == '\'') {
            return new Literal(token);
        }
        if (!Character.isLetter(first) && first != '_' && first != ':') {
            throw wrong("nothing begins with " + token);
        }
        return AGGREGATIONS.contains(token) ? aggregate(token) : peek().equals("(") ? call(token) : series(token);
    }

    private PromQl aggregate(String operator) {
        Optional<Grouping> before = grouping("by", "without");
        List<PromQl> arguments = arguments();
        return new Aggregate(operator, before.or(() -> grouping("by", "without")), arguments);
    }

    private PromQl call(String function) {
        if (!FUNCTIONS.contains(function)) {
            throw wrong("no such function: " + function);
        }
        return new Call(function, arguments());
    }

    private List<PromQl> arguments() {
        expect("(");
        var arguments = new ArrayList<PromQl>();
        while (!takeIf(")")) {
            if (!arguments.isEmpty()) {
                expect(",");
            }
            arguments.add(binary(1));
        }
        return List.copyOf(arguments);
    }

    private PromQl series(String metric) {
        var matchers = new ArrayList<Matcher>();
        if (takeIf("{")) {
            while (!takeIf("}")) {
                if (!matchers.isEmpty()) {
                    expect(",");
                }
                String label = take();
                matchers.add(new Matcher(label, take(), unquoted(take())));
            }
        }
        if (takeIf("[")) {
            if (!take().matches("([0-9]+(ms|[smhdwy]))+")) {
                throw wrong("no duration in brackets");
            }
            expect("]");
        }
        return new Series(metric, List.copyOf(matchers));
    }

    private Optional<Grouping> grouping(String... keywords) {
        for (String keyword : keywords) {
            if (takeIf(keyword)) {
                return Optional.of(new Grouping(keyword, peek().equals("(") ? labels() : List.of()));
            }
        }
        return Optional.empty();
    }

    private List<String> labels() {
        expect("(");
        var labels = new ArrayList<String>();
        while (!takeIf(")")) {
            if (!labels.isEmpty()) {
                expect(",");
            }
            labels.add(take());
        }
        return List.copyOf(labels);
    }

    private String unquoted(String token) {
        if (token.length() < 2 || (token.charAt(0) != '"' && token.charAt(0) != '\'')) {
            throw wrong("a string is missing at " + token);
        }
        return token.substring(1, token.length() - 1).replace("\\\\", "\\");
    }

    private String peek() {
        return next < tokens.size() ? tokens.get(next) : END;
    }

    private String take() {
        String token = peek();
        next++;
        return token;
    }

    private boolean takeIf(String token) {
        boolean there = peek().equals(token);
        next += there ? 1 : 0;
        return there;
    }

    private void expect(String token) {
        if (!takeIf(token)) {
            throw wrong("expected " + token + " instead of " + peek());
        }
    }

    private IllegalArgumentException wrong(String why) {
        return new IllegalArgumentException(why + ", in " + text);
    }
}
