package io.tidemark.query.usage;

import io.tidemark.query.request.Faults;
import io.tidemark.query.request.Parameters;
import io.tidemark.streams.reading.ByCustomerQuery;
import io.tidemark.streams.reading.Period;
import java.util.List;
import java.util.Optional;

/**
 * What a cursor pins and parameters may repeat but not change. A relative period has moved on since the first page, so
 * the same spelling is as good as the same instants.
 */
record Pins(Cursor cursor, Parameters parameters, Faults faults) {
    private static final String COMPLAINT = "differs from what the cursor continues; leave it out or begin anew";

    void check(Optional<Period> period, ByCustomerQuery query) {
        boolean samePeriod = period.filter(cursor.period()::equals).isPresent();
        for (String name : List.of("period", "from", "to", "timezone")) {
            check(
                    name,
                    samePeriod
                            || parameters
                                    .text(name)
                                    .equals(Optional.ofNullable(
                                            cursor.spelling().get(name))));
        }
        check("sort_by", query.sortBy().equals(Optional.of(cursor.sortBy())));
        check("sort_dir", query.descending() == cursor.descending());
        check("meter", query.meter().equals(cursor.meter()));
        check("currency", query.currency().equals(cursor.currency()));
        check("include_inactive", query.includeInactive() == cursor.includeInactive());
    }

    private void check(String name, boolean same) {
        if (parameters.has(name) && !same) {
            faults.add(name, COMPLAINT);
        }
    }
}
