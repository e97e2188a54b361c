package io.tidemark.query.customers;

import io.javalin.http.Context;
import io.tidemark.query.http.Problem;
import io.tidemark.query.http.RawPath;
import io.tidemark.query.http.Refused;
import io.tidemark.query.http.RequestBody;
import io.tidemark.query.keys.Caller;
import io.tidemark.query.keys.Gate.CallerHandler;
import io.tidemark.query.request.ExternalId;
import io.tidemark.query.request.Fault;
import io.tidemark.query.request.Faults;
import io.tidemark.query.request.JsonBody;
import io.tidemark.query.request.Parameters;
import io.tidemark.streams.directory.Command;
import io.tidemark.streams.directory.Customer;
import io.tidemark.streams.directory.Details;
import io.tidemark.streams.directory.Details.Detail;
import io.tidemark.streams.directory.Outcome.Unique;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes customers, or finds them: understands what is wished and lets the directory decide. */
public final class CustomerCreation {
    /** What one customer is set up like another by; nothing that says who it is. */
    private static final List<Detail> CLONED =
            List.of(Detail.CURRENCY, Detail.TIMEZONE, Detail.COUNTRY_CODE, Detail.LOCALE);

    private final Customers customers;
    private final DirectoryCalls directory;
    private final NewCustomers defaults;

    public CustomerCreation(Customers customers, DirectoryCalls directory, NewCustomers defaults) {
        this.customers = customers;
        this.directory = directory;
        this.defaults = defaults;
    }

    public void create(Context context, Caller caller) {
        var faults = new Faults();
        Parameters.of(context.queryString(), faults).allowOnly(Set.of(), faults);
        JsonBody body = RequestBody.json(context, faults);
        Wish wish = Wish.read(context, caller, body, faults);
        CustomerChanges.check(body, faults, context, caller);
        directory.send(context, create(wish, wish.content("create"), caller));
    }

    public void getOrCreate(Context context, Caller caller) {
        var faults = new Faults();
        Parameters.of(context.queryString(), faults).allowOnly(Set.of(), faults);
        JsonBody body = RequestBody.json(context, faults);
        Wish wish = Wish.read(context, caller, body, faults);
        if (!body.has("external_id")) {
            body.needs("email");
        }
        CustomerChanges.check(body, faults, context, caller);
        Unique by = wish.externalId().isPresent() ? Unique.EXTERNAL_ID : Unique.EMAIL;
        directory.send(context, new Command.GetOrCreate(create(wish, wish.content("get-or-create"), caller), by));
    }

    /** Of the customer that a path segment of that name in the route names. */
    public CallerHandler cloneNamedBy(String segment) {
        return (context, caller) -> clone(context, caller, segment);
    }

    private void clone(Context context, Caller caller, String segment) {
        var faults = new Faults();
        Parameters.of(context.queryString(), faults).allowOnly(Set.of(), faults);
        Optional<String> id = ExternalId.ofSegment(segment, RawPath.segment(context, segment), faults);
        JsonBody body = RequestBody.jsonOrNothing(context, faults);
        Wish wish = Wish.read(context, caller, body, faults);
        Optional<String> named = body.parsed("source_customer_id", ExternalId::parse, ExternalId.COMPLAINT);
        CustomerChanges.check(body, faults, context, caller);
        Customer source = customers.there(caller.tenant(), id.orElseThrow(), segment.equals("id"));
        refuseAnother(source, named, caller);
        directory.send(context, create(wish.like(source), wish.content("clone " + source.id()), caller));
    }

    private void refuseAnother(Customer source, Optional<String> named, Caller caller) {
        boolean same = named.map(name -> customers
                        .meant(caller.tenant(), name, true)
                        .filter(one -> one.id().equals(source.id()))
                        .isPresent())
                .orElse(true);
        if (!same) {
            throw new Refused(Problem.badRequest(
                    List.of(Fault.ofPointer("/source_customer_id", "is not the customer that the path names"))));
        }
    }

    private Command.Create create(Wish wish, long content, Caller caller) {
        UUID id = directory.newId();
        return new Command.Create(
                wish.command().orElseGet(directory::newId),
                content,
                caller.tenant(),
                wish.externalId().orElse(id.toString()),
                id,
                defaults.filledIn(caller.tenant(), wish.details()),
                wish.active());
    }

    /** A customer as a body wishes for it. */
    private record Wish(
            Optional<UUID> command,
            Optional<String> externalId,
            Details details,
            @Nullable Boolean active) {

        static Wish read(Context context, Caller caller, JsonBody body, Faults faults) {
            return new Wish(
                    CommandId.chosen(context, caller.tenant(), faults),
                    body.parsed("external_id", ExternalId::parse, ExternalId.COMPLAINT),
                    CustomerFields.details(body),
                    body.flag("is_active").orElse(null));
        }

        /** What was asked, to tell it from what else may come under the same key. */
        long content(String operation) {
            return CommandId.content(operation, externalId, details, active);
        }

        /** This, and like that customer in what it does not say. */
        Wish like(Customer source) {
            Details merged = details;
            for (Detail detail : CLONED) {
                if (details.get(detail) == null) {
                    merged = merged.with(detail, source.details().get(detail));
                }
            }
            if (details.metadata() == null) {
                merged = new Details(merged.texts(), source.details().metadata());
            }
            return new Wish(command, externalId, merged, active == null ? source.active() : active);
        }
    }
}
