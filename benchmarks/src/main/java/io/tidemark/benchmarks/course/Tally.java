package io.tidemark.benchmarks.course;

/**
 * Sums over all customers. Decimals in units of 10^-9; of the events of a course none leaves a {@code long}, and one that
 * did would be refused.
 */
public record Tally(
        long events,
        long inputTokens,
        long outputTokens,
        long cachedInputTokens,
        long reasoningTokens,
        long credits,
        long cost) {
    /** The sums over nothing. */
    public static final Tally NONE = new Tally(0, 0, 0, 0, 0, 0, 0);

    /** How many amounts there are. */
    public static final int SIZE = 7;

    /** Out of amounts in the order of the fields. */
    public static Tally of(long[] amounts) {
        return new Tally(amounts[0], amounts[1], amounts[2], amounts[3], amounts[4], amounts[5], amounts[6]);
    }

    /** Both together. */
    public Tally plus(Tally other) {
        return new Tally(
                Math.addExact(events, other.events),
                Math.addExact(inputTokens, other.inputTokens),
                Math.addExact(outputTokens, other.outputTokens),
                Math.addExact(cachedInputTokens, other.cachedInputTokens),
                Math.addExact(reasoningTokens, other.reasoningTokens),
                Math.addExact(credits, other.credits),
                Math.addExact(cost, other.cost));
    }
}
