package io.tidemark.query.usage;

import io.tidemark.streams.reading.ByCustomerQuery;
import io.tidemark.streams.reading.Period;
import io.tidemark.streams.reading.Wait;
import java.util.Map;

/**
 * A question about all customers, understood.
 *
 * @param spelling the period's parameters as the first page wrote them; the following pages may repeat them
 */
record ByCustomerAsked(Period period, ByCustomerQuery query, Wait waiting, Map<String, String> spelling) {

    ByCustomerAsked {
        spelling = Map.copyOf(spelling);
    }
}
