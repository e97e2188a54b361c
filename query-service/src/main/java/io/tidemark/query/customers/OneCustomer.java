package io.tidemark.query.customers;

import io.javalin.http.Context;
import io.tidemark.query.http.RawPath;
import io.tidemark.query.http.Refused;
import io.tidemark.query.http.Replies;
import io.tidemark.query.keys.Caller;
import io.tidemark.query.keys.Gate.CallerHandler;
import io.tidemark.query.keys.OwnApp;
import io.tidemark.query.request.ExternalId;
import io.tidemark.query.request.Faults;
import io.tidemark.query.request.Parameters;
import io.tidemark.streams.directory.Customer;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** One customer, by whatever it is known by. One that was deleted is still shown by its ids. */
public final class OneCustomer {
    private final Customers customers;

    public OneCustomer(Customers customers) {
        this.customers = customers;
    }

    /** Of the customer that a path segment of that name in the route names. */
    public CallerHandler namedBy(String segment) {
        return (context, caller) -> bySegment(context, caller, segment);
    }

    private void bySegment(Context context, Caller caller, String segment) {
        var faults = new Faults();
        Parameters.of(context.queryString(), faults).allowOnly(Set.of(), faults);
        Optional<String> id = ExternalId.ofSegment(segment, RawPath.segment(context, segment), faults);
        Refused.ifAny(faults);
        OwnApp.check(context, caller);
        show(context, customers.meant(caller.tenant(), id.orElseThrow(), segment.equals("id")));
    }

    public void byEmail(Context context, Caller caller) {
        String email = parameter(context, caller, "email", CustomerFields::email, CustomerFields.NO_EMAIL);
        show(context, customers.roster().byEmail(caller.tenant(), email));
    }

    public void byExternalId(Context context, Caller caller) {
        String id = parameter(context, caller, "external_id", ExternalId::parse, ExternalId.COMPLAINT);
        show(context, customers.meant(caller.tenant(), id, false));
    }

    private static String parameter(
            Context context, Caller caller, String name, Function<String, Optional<String>> parse, String complaint) {
        var faults = new Faults();
        var parameters = Parameters.of(context.queryString(), faults);
        parameters.allowOnly(Set.of(name), faults);
        Optional<String> value = parameters.text(name).flatMap(parse);
        if (value.isEmpty()) {
            faults.add(name, parameters.has(name) ? complaint : "is needed");
        }
        Refused.ifAny(faults);
        OwnApp.check(context, caller);
        return value.orElseThrow();
    }

    private static void show(Context context, Optional<Customer> customer) {
        Customer shown = customer.orElseThrow(Customers::unknown);
        Version.tag(context, shown);
        Replies.ok(context, CustomerBody.of(shown));
    }
}
