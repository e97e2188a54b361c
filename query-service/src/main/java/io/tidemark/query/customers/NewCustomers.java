package io.tidemark.query.customers;

import io.tidemark.streams.directory.Details;
import io.tidemark.streams.directory.Details.Detail;
import java.util.Map;

/** What a tenant says of every new customer of which nobody says otherwise: its currency and time zone. */
@FunctionalInterface
public interface NewCustomers {
    /** Says nothing. */
    NewCustomers WITHOUT_DEFAULTS = tenant -> Map.of();

    Map<Detail, String> defaultsOf(String tenant);

    /** What was given, and the tenant's defaults for what was not. */
    default Details filledIn(String tenant, Details given) {
        Details filled = given;
        for (Map.Entry<Detail, String> each : defaultsOf(tenant).entrySet()) {
            if (given.get(each.getKey()) == null) {
                filled = filled.with(each.getKey(), each.getValue());
            }
        }
        return filled;
    }
}
