package io.tidemark.query.usage;

import io.tidemark.streams.reading.Explanation;
import io.tidemark.streams.reading.Explanation.UsedPage;
import io.tidemark.streams.reading.Period;
import io.tidemark.streams.reading.Sums;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a total was made of, as it is sent. */
record ExplanationBody(Period asked, List<Page> pages, Beyond beyond, List<Explanation.Handled> handled, Kept kept) {

    /** Of the events, null is not known: the page has some that came before this was noted. */
    record Page(
            String granularity,
            Period period,
            Explanation.Slots slots,
            String meter,
            String kind,
            @Nullable String currency,
            long count,
            BigInteger inputTokens,
            BigInteger outputTokens,
            BigInteger cachedInputTokens,
            BigInteger reasoningTokens,
            BigDecimal quantity,
            BigDecimal credits,
            List<Money> cost,
            @Nullable Instant lastChangedAt,
            @Nullable Long late,
            @Nullable Long corrected) {

        static Page of(UsedPage page) {
            Sums sums = page.sums();
            return new Page(
                    page.granularity(),
                    page.span(),
                    page.slots(),
                    page.meter(),
                    page.kind().label(),
                    page.currency().isEmpty() ? null : page.currency(),
                    sums.count(),
                    sums.inputTokens(),
                    sums.outputTokens(),
                    sums.cachedInputTokens(),
                    sums.reasoningTokens(),
                    sums.quantity(),
                    sums.credits(),
                    Money.each(sums.cost()),
                    page.events().newestAppendedAt().orElse(null),
                    page.events().late().orElse(null),
                    page.events().corrected().orElse(null));
        }
    }

    record Beyond(
            long pages,
            long count,
            BigInteger inputTokens,
            BigInteger outputTokens,
            BigInteger cachedInputTokens,
            BigInteger reasoningTokens,
            BigDecimal credits,
            List<Money> cost) {

        static Beyond of(Explanation.Beyond beyond) {
            Sums sums = beyond.sums();
            return new Beyond(
                    beyond.pages(),
                    sums.count(),
                    sums.inputTokens(),
                    sums.outputTokens(),
                    sums.cachedInputTokens(),
                    sums.reasoningTokens(),
                    sums.credits(),
                    Money.each(sums.cost()));
        }
    }

    /** Null is from the beginning. */
    record Kept(@Nullable Instant minutesFrom, @Nullable Instant quartersFrom) {}

    static ExplanationBody of(Explanation explanation) {
        return new ExplanationBody(
                explanation.asked(),
                explanation.pages().stream().map(Page::of).toList(),
                Beyond.of(explanation.beyond()),
                explanation.handled(),
                new Kept(
                        explanation.minutesFrom().orElse(null),
                        explanation.quartersFrom().orElse(null)));
    }
}
