package io.tidemark.query.sharing;

import io.javalin.http.Context;
import io.tidemark.query.customers.Customers;
import io.tidemark.query.http.Exchange;
import io.tidemark.query.http.Problem;
import io.tidemark.query.http.RawPath;
import io.tidemark.query.http.Refused;
import io.tidemark.query.http.Replies;
import io.tidemark.query.http.RequestBody;
import io.tidemark.query.keys.Caller;
import io.tidemark.query.keys.Gate.CallerHandler;
import io.tidemark.query.keys.OwnApp;
import io.tidemark.query.request.ExternalId;
import io.tidemark.query.request.Faults;
import io.tidemark.query.request.JsonBody;
import io.tidemark.query.request.Parameters;
import io.tidemark.query.request.UrlText;
import io.tidemark.streams.access.ApiKey;
import io.tidemark.streams.directory.Customer;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes, lists and revokes the links to a customer. A link's token is shown in the answer that makes it and never again. */
public final class LinkCalls {
    private static final String SEGMENT = "share-links";

    /** Of the routes, behind the customer. */
    public static final String PATH = "/" + SEGMENT;

    /** Of the routes, for the id of a link. */
    public static final String LINK = "link_id";

    private static final String PAGE = "/#/shared/";

    private final Links links;
    private final Customers customers;

    public LinkCalls(Links links, Customers customers) {
        this.links = links;
        this.customers = customers;
    }

    /** To the customer that a path segment of that name in the route names. */
    public CallerHandler makeNamedBy(String segment) {
        return (context, caller) -> make(context, caller, segment);
    }

    /** To the customer that a path segment of that name in the route names. */
    public CallerHandler listNamedBy(String segment) {
        return (context, caller) -> list(context, caller, segment);
    }

    /** To the customer that a path segment of that name in the route names. */
    public CallerHandler revokeNamedBy(String segment) {
        return (context, caller) -> revoke(context, caller, segment);
    }

    private void make(Context context, Caller caller, String segment) {
        var faults = new Faults();
        JsonBody body = RequestBody.jsonOrNothing(context, faults);
        Instant now = links.now();
        Instant end = Lifetime.read(body, now, faults);
        Customer customer = customer(context, caller, segment, faults);
        if (!customer.isReported()) {
            throw new Refused(Problem.of(
                    Problem.Kind.CONFLICT, "The customer is not active; a link to it is taken by nobody until it is."));
        }
        Links.Made made = links.make(customer, now, end);
        String path =
                RawPath.before(context, SEGMENT) + PATH + "/" + made.link().id();
        String url = Exchange.of(context).outside(PAGE + made.token());
        Replies.created(context, path, LinkBody.made(made.link(), made.token(), url));
    }

    private void list(Context context, Caller caller, String segment) {
        Customer customer = customer(context, caller, segment, new Faults());
        Replies.ok(
                context,
                Map.of("data", links.living(customer).stream().map(LinkBody::of).toList()));
    }

    /** Done again it is done already. */
    private void revoke(Context context, Caller caller, String segment) {
        var faults = new Faults();
        RequestBody.jsonOrNothing(context, faults).allowNothingElse();
        Customer customer = customer(context, caller, segment, faults);
        ApiKey link = UrlText.ofSegment(RawPath.segment(context, LINK))
                .flatMap(id -> links.find(customer, id))
                .orElseThrow(() ->
                        new Refused(Problem.of(Problem.Kind.NOT_FOUND, "There is no such link to this customer.")));
        links.revoke(link);
        Replies.done(context);
    }

    /** Whom a path names, once everything else about the request is known to be right. */
    private Customer customer(Context context, Caller caller, String segment, Faults faults) {
        Parameters.of(context.queryString(), faults).allowOnly(Set.of(), faults);
        Optional<String> id = ExternalId.ofSegment(segment, RawPath.segment(context, segment), faults);
        Refused.ifAny(faults);
        OwnApp.check(context, caller);
        return customers.there(caller.tenant(), id.orElseThrow(), segment.equals("id"));
    }
}
