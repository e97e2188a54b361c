package io.tidemark.dev.sample;

import io.tidemark.query.load.Dice;
import java.math.BigDecimal;
import java.util.List;

/**
 * A model that is resold.
 *
 * @param weight how often it is asked, compared with the others
 * @param input price of a million tokens read, in USD; {@code cached} of those from a cache, {@code output} of those written
 * @param usualInput how many tokens are read, half of the time fewer
 * @param millisPerToken written
 * @param reasoningPercent of the tokens written
 */
record Model(
        String provider,
        String name,
        String operation,
        int weight,
        BigDecimal input,
        BigDecimal cached,
        BigDecimal output,
        int usualInput,
        int usualOutput,
        int millisPerToken,
        int reasoningPercent) {

    static final List<Model> ALL =
            Lines.of("models.tsv").stream().map(Model::of).toList();

    private static final int WEIGHTS = ALL.stream().mapToInt(Model::weight).sum();

    private static Model of(String... column) {
        return new Model(
                column[0],
                column[1],
                column[2],
                Integer.parseInt(column[3]),
                new BigDecimal(column[4]),
                new BigDecimal(column[5]),
                new BigDecimal(column[6]),
                Integer.parseInt(column[7]),
                Integer.parseInt(column[8]),
                Integer.parseInt(column[9]),
                Integer.parseInt(column[10]));
    }

    static Model drawn(Dice dice) {
        long at = dice.below(WEIGHTS);
        for (Model model : ALL) {
            at -= model.weight;
            if (at < 0) {
                return model;
            }
        }
        throw new IllegalStateException("weights add up");
    }

    /** What tokens cost the reseller, in USD, exact. */
    BigDecimal price(long read, long fromCache, long written) {
        return input.multiply(BigDecimal.valueOf(read - fromCache))
                .add(cached.multiply(BigDecimal.valueOf(fromCache)))
                .add(output.multiply(BigDecimal.valueOf(written)))
                .movePointLeft(6);
    }
}
