package io.tidemark.query.usage;

import io.tidemark.streams.reading.ByCustomerQuery;
import io.tidemark.streams.reading.Period;
import io.tidemark.streams.reading.Wait;
import java.time.ZoneId;
import java.util.Map;

/**
 * A question about all customers, understood.
 *
 * @param zone of the calendar that was asked, also by the first page
 * @param spelling the period's parameters as the first page wrote them; the following pages may repeat them
 */
record ByCustomerAsked(Period period, ZoneId zone, ByCustomerQuery query, Wait waiting, Map<String, String> spelling) {

    ByCustomerAsked {
        spelling = Map.copyOf(spelling);
    }

    /** The same, of rows alone. */
    ByCustomerAsked withoutTotals() {
        return new ByCustomerAsked(period, zone, query.withoutTotals(), waiting, spelling);
    }
}
