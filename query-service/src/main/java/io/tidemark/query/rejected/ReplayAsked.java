package io.tidemark.query.rejected;

import io.tidemark.query.period.PeriodParser;
import io.tidemark.query.request.Faults;
import io.tidemark.query.request.JsonBody;
import io.tidemark.query.request.Parameters;
import io.tidemark.streams.rejections.RejectionsAsked;
import io.tidemark.streams.replaying.Change;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is to be replayed, and how changed. The filters are those of the list; only what is open is replayed.
 *
 * @param dryRun whether only to say what would come of it
 */
record ReplayAsked(RejectionsAsked which, List<Change> changes, boolean dryRun) {
    private static final List<String> FILTERS =
            List.of("reason", "customer_id", "external_customer_id", "event_id", "cursor");
    private static final int LONGEST = 1_000;

    ReplayAsked {
        changes = List.copyOf(changes);
    }

    /** Meaningless where it added a fault. */
    static ReplayAsked read(String tenant, JsonBody body, FilterParser filters, Faults faults) {
        Map<String, String> texts = new HashMap<>();
        FILTERS.forEach(name -> body.text(name, LONGEST).ifPresent(text -> texts.put(name, text)));
        PeriodParser.PARAMETERS.forEach(name -> body.text(name, LONGEST).ifPresent(text -> texts.put(name, text)));
        body.count("limit", 1, Parameters.MOST_ROWS).ifPresent(limit -> texts.put("limit", "" + limit));
        texts.put("state", "open");
        var inFilters = new Faults();
        RejectionsAsked which = filters.parse(tenant, Parameters.of(texts), inFilters);
        inFilters.all().forEach(fault -> faults.addAt("/" + fault.parameter(), fault.message()));
        List<Change> changes = MappingParser.read(body, faults);
        boolean dryRun = body.flag("dry_run").orElse(true);
        body.allowNothingElse();
        return new ReplayAsked(which, changes, dryRun);
    }
}
