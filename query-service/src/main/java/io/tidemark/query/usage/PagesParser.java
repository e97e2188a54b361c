package io.tidemark.query.usage;

import io.tidemark.query.customers.Customers;
import io.tidemark.query.period.PeriodParser;
import io.tidemark.query.request.ExternalId;
import io.tidemark.query.request.Faults;
import io.tidemark.query.request.Parameters;
import io.tidemark.streams.directory.Customer;
import io.tidemark.streams.reading.PageLength;
import io.tidemark.streams.reading.Period;
import io.tidemark.streams.reading.Wait;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads the parameters of a question about pages. */
final class PagesParser {
    private static final Set<String> ABOUT =
            Set.of("granularity", "customer_id", "external_customer_id", "period", "from", "to", "timezone");
    private static final Set<String> PARAMETERS =
            Known.with("granularity", "customer_id", "external_customer_id", "limit", "cursor");

    private final PeriodParser periods;
    private final Customers customers;

    PagesParser(PeriodParser periods, Customers customers) {
        this.periods = periods;
        this.customers = customers;
    }

    /** Empty exactly when it added a fault. */
    Optional<PagesAsked> parse(String tenant, Parameters parameters, Faults faults) {
        parameters.allowOnly(PARAMETERS, faults);
        Wait wait = WaitParser.parse(parameters, faults);
        int limit = parameters.limit(faults);
        Optional<PageCursor> asked =
                parameters.has("cursor") ? continued(parameters, faults) : begun(tenant, parameters, faults);
        return faults.all().isEmpty()
                ? asked.map(about -> new PagesAsked(
                        about.length(),
                        about.period(),
                        about.customer(),
                        about.partition(),
                        about.behind(),
                        limit,
                        wait))
                : Optional.empty();
    }

    private static Optional<PageCursor> continued(Parameters parameters, Faults faults) {
        new TreeSet<>(ABOUT).forEach(name -> {
            if (parameters.has(name)) {
                faults.add(name, "is what the cursor says; leave it out or begin anew");
            }
        });
        Optional<PageCursor> cursor = parameters.text("cursor").flatMap(PageCursor::decode);
        if (cursor.isEmpty()) {
            faults.add("cursor", "is not the next_cursor of an answer");
        }
        return cursor;
    }

    private Optional<PageCursor> begun(String tenant, Parameters parameters, Faults faults) {
        Optional<Period> period = periods.parse(tenant, parameters, faults);
        Optional<PageLength> length = length(parameters.text("granularity").orElse("hour"));
        if (length.isEmpty()) {
            faults.add("granularity", "must be hour, day or month");
        }
        Optional<String> customer = customer(tenant, parameters, faults);
        return length.flatMap(known -> period.map(time -> new PageCursor(known, time, customer, 0, Optional.empty())));
    }

    static Optional<PageLength> length(String label) {
        return Arrays.stream(PageLength.values())
                .filter(length -> length.label().equals(label))
                .findFirst();
    }

    private Optional<String> customer(String tenant, Parameters parameters, Faults faults) {
        if (parameters.has("customer_id") && parameters.has("external_customer_id")) {
            faults.add("external_customer_id", "cannot be combined with customer_id");
        }
        Optional<String> external = id("external_customer_id", parameters, faults);
        Optional<String> either = id("customer_id", parameters, faults);
        return external.or(() -> either.map(id ->
                customers.meant(tenant, id, true).map(Customer::externalId).orElse(id)));
    }

    private static Optional<String> id(String name, Parameters parameters, Faults faults) {
        Optional<String> id = parameters.text(name).flatMap(ExternalId::parse);
        if (parameters.has(name) && id.isEmpty()) {
            faults.add(name, ExternalId.COMPLAINT);
        }
        return id;
    }
}
