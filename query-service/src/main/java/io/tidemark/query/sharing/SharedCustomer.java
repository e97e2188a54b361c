package io.tidemark.query.sharing;

import io.javalin.http.Context;
import io.tidemark.query.customers.Whose;
import io.tidemark.query.http.Refused;
import io.tidemark.query.http.Replies;
import io.tidemark.query.keys.Gate.HolderHandler;
import io.tidemark.query.keys.LinkHolder;
import io.tidemark.query.keys.OwnApp;
import io.tidemark.query.request.Faults;
import io.tidemark.query.request.Parameters;
import io.tidemark.streams.directory.Customer;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** What a link is to: of the customer its name and its ids, and nothing else that the tenant keeps of it. */
public final class SharedCustomer implements HolderHandler {
    private record Body(Whose customer, Instant expiresAt) {}

    @Override
    public void handle(Context context, LinkHolder holder) {
        var faults = new Faults();
        Parameters.of(context.queryString(), faults).allowOnly(Set.of(), faults);
        Refused.ifAny(faults);
        OwnApp.check(context, holder.caller());
        Customer customer = holder.customer();
        Replies.ok(context, new Body(new Whose(customer.externalId(), Optional.of(customer)), holder.end()));
    }
}
