package io.tidemark.query.customers;

import io.javalin.http.Context;
import io.tidemark.query.http.RawPath;
import io.tidemark.query.http.Refused;
import io.tidemark.query.http.RequestBody;
import io.tidemark.query.keys.Caller;
import io.tidemark.query.keys.Gate.CallerHandler;
import io.tidemark.query.keys.OwnApp;
import io.tidemark.query.request.ExternalId;
import io.tidemark.query.request.Faults;
import io.tidemark.query.request.JsonBody;
import io.tidemark.query.request.Parameters;
import io.tidemark.streams.directory.Command;
import io.tidemark.streams.directory.Customer;
import io.tidemark.streams.directory.Details;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

/** Changes and deletes customers: understands what is wished and lets the directory decide. */
public final class CustomerChanges {
    private static final Set<String> FLAGS = Set.of("true", "false");

    private final Customers customers;
    private final DirectoryCalls directory;
    private final Consumer<Customer> whenDeleted;

    /** @param whenDeleted is told of each customer that is deleted or erased, before that is answered */
    public CustomerChanges(Customers customers, DirectoryCalls directory, Consumer<Customer> whenDeleted) {
        this.customers = customers;
        this.whenDeleted = whenDeleted;
        this.directory = directory;
    }

    /** Of the customer that a path segment of that name in the route names. */
    public CallerHandler updateNamedBy(String segment) {
        return (context, caller) -> update(context, caller, segment);
    }

    /** Of the customer that a path segment of that name in the route names. */
    public CallerHandler deleteNamedBy(String segment) {
        return (context, caller) -> delete(context, caller, segment);
    }

    private void update(Context context, Caller caller, String segment) {
        var faults = new Faults();
        Parameters.of(context.queryString(), faults).allowOnly(Set.of(), faults);
        Optional<String> id = ExternalId.ofSegment(segment, RawPath.segment(context, segment), faults);
        OptionalLong version = Version.asked(context, faults);
        JsonBody body = RequestBody.json(context, faults);
        Details details = CustomerFields.details(body);
        Boolean active = body.flag("is_active").orElse(null);
        check(body, faults, context, caller);
        Customer customer = customers.there(caller.tenant(), id.orElseThrow(), segment.equals("id"));
        directory.send(
                context,
                new Command.Update(
                        directory.newId(), caller.tenant(), customer.externalId(), version, details, active));
    }

    private void delete(Context context, Caller caller, String segment) {
        var faults = new Faults();
        var parameters = Parameters.of(context.queryString(), faults);
        parameters.allowOnly(Set.of("erase", "cascade"), faults);
        boolean erase = flag("erase", parameters, faults);
        // Until there is something to end with a customer, it says nothing.
        boolean unused = flag("cascade", parameters, faults);
        Optional<String> id = ExternalId.ofSegment(segment, RawPath.segment(context, segment), faults);
        OptionalLong version = Version.asked(context, faults);
        check(RequestBody.jsonOrNothing(context, faults), faults, context, caller);
        boolean mayBeOurs = segment.equals("id");
        directory.send(
                context,
                erase
                        ? erasure(customers.any(caller.tenant(), id.orElseThrow(), mayBeOurs), version)
                        : deletion(customers.there(caller.tenant(), id.orElseThrow(), mayBeOurs), version),
                whenDeleted);
    }

    private Command.Awaited erasure(Customer customer, OptionalLong version) {
        return new Command.Erase(directory.newId(), customer.tenant(), customer.externalId(), version);
    }

    private Command.Awaited deletion(Customer customer, OptionalLong version) {
        return new Command.Delete(directory.newId(), customer.tenant(), customer.externalId(), version);
    }

    private static boolean flag(String name, Parameters parameters, Faults faults) {
        String text = parameters.text(name).orElse("false");
        if (!FLAGS.contains(text)) {
            faults.add(name, "must be true or false");
        }
        return text.equals("true");
    }

    static void check(JsonBody body, Faults faults, Context context, Caller caller) {
        body.allowNothingElse();
        Refused.ifAny(faults);
        OwnApp.check(context, caller);
    }
}
