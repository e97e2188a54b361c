package io.tidemark.query.customers;

import io.javalin.http.Context;
import io.tidemark.query.http.Exchange;
import io.tidemark.query.http.Refused;
import io.tidemark.query.http.Replies;
import io.tidemark.query.keys.Caller;
import io.tidemark.query.keys.Gate.CallerHandler;
import io.tidemark.query.keys.OwnApp;
import io.tidemark.query.request.Faults;
import io.tidemark.query.request.Parameters;
import io.tidemark.streams.roster.RosterPage;
import io.tidemark.streams.roster.RosterQuery;
import java.util.List;

/** The customers of a tenant, page by page. */
public final class CustomerList implements CallerHandler {
    private final Customers customers;

    public CustomerList(Customers customers) {
        this.customers = customers;
    }

    private record Body(List<CustomerBody> data, Meta meta) {}

    private record Meta(int total, int page, int perPage, int totalPages) {}

    @Override
    public void handle(Context context, Caller caller) {
        var faults = new Faults();
        var parameters = Parameters.of(context.queryString(), faults);
        RosterQuery query = ListParser.parse(parameters, faults);
        Refused.ifAny(faults);
        OwnApp.check(context, caller);
        RosterPage page = customers.roster().list(caller.tenant(), query);
        int pages = (page.total() + query.perPage() - 1) / query.perPage();
        context.header(
                "Link", PageLinks.of(Exchange.of(context).outside(context.path()), parameters, query.page(), pages));
        var meta = new Meta(page.total(), query.page(), query.perPage(), pages);
        Replies.ok(
                context,
                new Body(page.customers().stream().map(CustomerBody::of).toList(), meta));
    }
}
