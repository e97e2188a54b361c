package io.tidemark.query.usage;

import io.tidemark.query.http.Problem;
import io.tidemark.query.http.Refused;
import io.tidemark.streams.reading.Answer;
import io.tidemark.streams.reading.Answer.Found;
import io.tidemark.streams.reading.Part;
import io.tidemark.streams.reading.Parts;
import io.tidemark.streams.reading.UsageSeries;
import io.tidemark.streams.reading.Wait;
import java.time.Instant;
import java.util.Optional;

/** Asks for usage window by window, until all partitions speak of the same period. */
final class SeriesCalls {
    /** A second try names what the first found to be needed; what is purged meanwhile may make it another. */
    private static final int TRIES = 3;

    private final Parts parts;

    SeriesCalls(Parts parts) {
        this.parts = parts;
    }

    /** @param customer by external id; empty: all of them together */
    Answer<Part<UsageSeries>> ask(UsageSeries.Asked asked, Optional<String> customer, Wait wait) {
        UsageSeries.Asked question = asked;
        for (int tries = 1; ; tries++) {
            Answer<Part<UsageSeries>> answer = once(question, customer, wait);
            if (!(answer instanceof Found<Part<UsageSeries>> found)) {
                return answer;
            }
            UsageSeries series = found.value().value();
            series.tooFine().ifPresent(SeriesCalls::refuse);
            if (series.covered().equals(question.period()) || tries == TRIES) {
                return answer;
            }
            question = question.covering(series.covered());
        }
    }

    private Answer<Part<UsageSeries>> once(UsageSeries.Asked question, Optional<String> customer, Wait wait) {
        return customer.map(id -> parts.ofCustomer(UsageSeries.KIND, question, question.tenant(), id, wait))
                .orElseGet(() -> parts.ofAll(UsageSeries.KIND, question, wait));
    }

    private static void refuse(Instant bound) {
        throw new Refused(
                Problem.of(
                        Problem.Kind.WINDOW_TOO_FINE,
                        "A window begins at " + bound
                                + ", and usage of that time is kept in longer windows only: minutes for some"
                                + " weeks, quarter hours for a year or so, then days in UTC. Take longer windows or a later period."));
    }
}
