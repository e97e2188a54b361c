package io.tidemark.query.logs;

import io.tidemark.query.customers.Customers;
import io.tidemark.streams.reading.Period;
import io.tidemark.streams.reading.Wait;
import io.tidemark.streams.requestlog.Label;
import io.tidemark.streams.requestlog.LogQuery;
import io.tidemark.streams.requestlog.LogQuery.Tag;
import io.tidemark.streams.requestlog.Place;
import java.util.Map;
import java.util.Optional;

/**
 * A question about requests, understood.
 *
 * @param period empty: all that is kept
 * @param spelling the parameters that say which requests, as the first page wrote them; the following pages may repeat them
 */
record LogsAsked(
        Optional<CustomerName> customer,
        Optional<Period> period,
        Map<Label, String> where,
        Optional<Tag> tag,
        Optional<Place> after,
        int limit,
        Wait waiting,
        Map<String, String> spelling) {

    LogsAsked {
        where = Map.copyOf(where);
        spelling = Map.copyOf(spelling);
    }

    LogQuery query(String tenant, Customers customers) {
        return new LogQuery(
                tenant,
                customer.map(one -> one.externalId(tenant, customers)),
                period.map(Period::from),
                period.map(Period::to),
                where,
                tag,
                after,
                limit);
    }
}
