package io.tidemark.query.customers;

import io.tidemark.streams.access.Access;
import io.tidemark.streams.directory.Details;
import io.tidemark.streams.directory.Details.Detail;
import java.util.EnumMap;
import java.util.Map;

/** What a tenant says of every new customer of which nobody says otherwise: its currency and time zone. */
@FunctionalInterface
public interface NewCustomers {
    /** What is kept of each tenant. */
    static NewCustomers of(Access access) {
        return name -> {
            var defaults = new EnumMap<Detail, String>(Detail.class);
            access.tenant(name).ifPresent(tenant -> {
                tenant.defaultCurrency().ifPresent(currency -> defaults.put(Detail.CURRENCY, currency));
                tenant.defaultTimezone().ifPresent(timezone -> defaults.put(Detail.TIMEZONE, timezone));
            });
            return defaults;
        };
    }

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
