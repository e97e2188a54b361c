package io.tidemark.query.usage;

import io.tidemark.streams.reading.PageLength;
import io.tidemark.streams.reading.Period;
import io.tidemark.streams.reading.UsagePages.Name;
import io.tidemark.streams.reading.UsagePages.Question;
import io.tidemark.streams.reading.Wait;
import java.util.Optional;

/**
 * A question about pages, understood.
 *
 * @param customer an external id; empty: those of all
 * @param partition where to go on; those before it are through
 * @param behind the page of that partition after which to go on; empty: from its first
 */
record PagesAsked(
        PageLength length,
        Period period,
        Optional<String> customer,
        int partition,
        Optional<Name> behind,
        int limit,
        Wait waiting) {

    /** What one partition is asked for. */
    Question question(String tenant, Optional<Name> after, int left) {
        return new Question(tenant, length, period, customer, after, left);
    }

    /** Where the next answer goes on. */
    PageCursor cursor(int goOnIn, Optional<Name> after) {
        return new PageCursor(length, period, customer, goOnIn, after);
    }
}
