package io.tidemark.dev.observability;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** An expression of Prometheus' query language, as far as it names metrics and labels. */
sealed interface PromQl {

    /** Reads one; {@link IllegalArgumentException} where it is none. */
    static PromQl parse(String text) {
        return new PromQlParser(text).parse();
    }

    /** Series of a metric; its matchers are those in braces. */
    record Series(String metric, List<Matcher> matchers) implements PromQl {}

    /** A function of its arguments. */
    record Call(String function, List<PromQl> arguments) implements PromQl {}

    /** {@code sum} and the like, of the last argument. */
    record Aggregate(String operator, Optional<Grouping> grouping, List<PromQl> arguments) implements PromQl {}

    /** Two expressions, and by which labels they are matched. */
    record Binary(String operator, PromQl left, PromQl right, Optional<Grouping> matching, Optional<Grouping> carried)
            implements PromQl {}

    /** A number or a string. */
    record Literal(String text) implements PromQl {}

    /** What stands before the labels, {@code by}, {@code on} and so on, and the labels. */
    record Grouping(String keyword, List<String> labels) {}

    /** What a label has to be. */
    record Matcher(String label, String operator, String value) {

        /** Whether a label of this value is let through; one that is not there is empty. */
        boolean lets(String found) {
            return switch (operator) {
                case "=" -> found.equals(value);
                case "!=" -> !found.equals(value);
                case "=~" -> Pattern.matches(value, found);
                case "!~" -> !Pattern.matches(value, found);
                default -> throw new IllegalArgumentException("no operator of a matcher: " + operator);
            };
        }
    }
}
