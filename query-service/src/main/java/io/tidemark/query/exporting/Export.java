package io.tidemark.query.exporting;

import static io.tidemark.query.remote.RemoteInstance.encoded;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.query.http.Json;
import io.tidemark.query.remote.CompleteAnswers;
import io.tidemark.query.remote.RemoteInstance;
import io.tidemark.query.usage.UsageByCustomerBody.Row;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Goes through the usage of all customers, sorted by their external ids, page by page: each customer once. No page is kept.
 *
 * <p>The first answer says the totals, and its position is in each of the pages. Behind the last page the totals are asked for once more: where they, the rows
 * added up, and the totals of the beginning are the same, nothing of it changed meanwhile.
 */
public final class Export {
    private static final String PATH = "/api/v1/usage/by-customer?sort_by=external_id";
    private static final int ROWS = 1_000;

    private final CompleteAnswers answers;
    private final ExportAsked asked;
    private final AtomicLong total = new AtomicLong();
    private final AtomicLong done = new AtomicLong();

    /**
     * How an export ended.
     *
     * @param first the answer with which it began
     * @param asOf as of when the last of it was
     * @param unchanged whether all of it is what it was both before and after
     */
    public record Outcome(Head first, long rows, Instant asOf, boolean unchanged) {}

    public Export(RemoteInstance instance, ExportAsked asked) {
        answers = new CompleteAnswers(instance, asked.patience());
        this.asked = asked;
    }

    /**
     * Gives everything to {@code out}.
     *
     * @throws CannotExport when what is answered cannot be put together
     */
    public Outcome run(RowWriter out) throws IOException {
        JsonNode page = answers.get(PATH + "&limit=" + ROWS + asked.question(asked.period(), asked.after()));
        Head head = Head.of(page);
        total.set(head.totals().customers());
        out.begin(head);
        var sums = new RowSums();
        write(page, out, sums);
        JsonNode cursor = page.path("meta").path("next_cursor");
        while (cursor.isTextual()) {
            page = answers.get(PATH + "&limit=" + ROWS + "&rows_only=true&cursor=" + encoded(cursor.asText()));
            head.checkPeriod(page);
            write(page, out, sums);
            cursor = page.path("meta").path("next_cursor");
        }
        JsonNode last = answers.get(PATH + "&limit=1"
                + asked.question(
                        Map.of("from", head.from(), "to", head.to()),
                        Optional.of(page.path("position").asText())));
        boolean unchanged = sums.are(head.totals()) && sums.are(Head.of(last).totals());
        return new Outcome(head, done.get(), Instant.parse(page.path("as_of").asText()), unchanged);
    }

    private void write(JsonNode page, RowWriter out, RowSums sums) throws IOException {
        for (JsonNode json : page.path("data")) {
            Row row = Json.read(json, Row.class);
            out.row(json, row);
            sums.add(row);
            done.incrementAndGet();
        }
    }

    /** How many customers there were when it began. */
    long total() {
        return total.get();
    }

    long done() {
        return done.get();
    }
}
