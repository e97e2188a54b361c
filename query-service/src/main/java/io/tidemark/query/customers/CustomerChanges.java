package io.tidemark.query.customers;

import io.javalin.http.Context;
import io.tidemark.query.http.RawPath;
import io.tidemark.query.http.Refused;
import io.tidemark.query.http.RequestBody;
import io.tidemark.query.keys.Caller;
import io.tidemark.query.keys.OwnApp;
import io.tidemark.query.request.ExternalId;
import io.tidemark.query.request.Faults;
import io.tidemark.query.request.JsonBody;
import io.tidemark.query.request.Parameters;
import io.tidemark.streams.directory.Command;
import io.tidemark.streams.directory.Customer;
import io.tidemark.streams.directory.CustomerDirectory;
import io.tidemark.streams.directory.Details;
import io.tidemark.streams.directory.UuidV7;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Makes, changes and deletes customers: understands what is wished and lets the directory decide. */
public final class CustomerChanges {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Customers customers;
    private final CustomerDirectory directory;
    private final NewCustomers defaults;
    private final Clock clock;
    private final RandomGenerator random = new SecureRandom();

    public CustomerChanges(Customers customers, CustomerDirectory directory, NewCustomers defaults, Clock clock) {
        this.customers = customers;
        this.directory = directory;
        this.defaults = defaults;
        this.clock = clock;
    }

    public void create(Context context, Caller caller) {
        var faults = new Faults();
        noParameters(context, faults);
        JsonBody body = RequestBody.json(context, faults);
        Optional<UUID> command = CommandId.chosen(context, caller.tenant(), faults);
        Optional<String> externalId = body.parsed("external_id", ExternalId::parse, ExternalId.COMPLAINT);
        Details details = CustomerFields.details(body);
        Boolean active = body.flag("is_active").orElse(null);
        check(body, faults, context, caller);
        UUID id = newId();
        send(
                context,
                new Command.Create(
                        command.orElseGet(this::newId),
                        CommandId.content(externalId, details, active),
                        caller.tenant(),
                        externalId.orElse(id.toString()),
                        id,
                        defaults.filledIn(caller.tenant(), details),
                        active));
    }

    public void update(Context context, Caller caller) {
        var faults = new Faults();
        noParameters(context, faults);
        Optional<String> id = ExternalId.ofSegment("id", RawPath.segment(context, "id"), faults);
        OptionalLong version = Version.asked(context, faults);
        JsonBody body = RequestBody.json(context, faults);
        Details details = CustomerFields.details(body);
        Boolean active = body.flag("is_active").orElse(null);
        check(body, faults, context, caller);
        Customer customer = there(caller, id.orElseThrow());
        send(context, new Command.Update(newId(), caller.tenant(), customer.externalId(), version, details, active));
    }

    public void delete(Context context, Caller caller) {
        var faults = new Faults();
        noParameters(context, faults);
        Optional<String> id = ExternalId.ofSegment("id", RawPath.segment(context, "id"), faults);
        OptionalLong version = Version.asked(context, faults);
        check(RequestBody.jsonOrNothing(context, faults), faults, context, caller);
        Customer customer = there(caller, id.orElseThrow());
        send(context, new Command.Delete(newId(), caller.tenant(), customer.externalId(), version));
    }

    private static void noParameters(Context context, Faults faults) {
        Parameters.of(context.queryString(), faults).allowOnly(Set.of(), faults);
    }

    private static void check(JsonBody body, Faults faults, Context context, Caller caller) {
        body.allowNothingElse();
        Refused.ifAny(faults);
        OwnApp.check(context, caller);
    }

    private Customer there(Caller caller, String id) {
        return customers
                .meant(caller.tenant(), id, true)
                .filter(customer -> !customer.isDeleted())
                .orElseThrow(Customers::unknown);
    }

    private UUID newId() {
        return UuidV7.next(clock.instant(), random);
    }

    private void send(Context context, Command.Awaited command) {
        try {
            OutcomeReplies.send(context, directory.send(command, PATIENCE));
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
            OutcomeReplies.send(context, Optional.empty());
        }
    }
}
