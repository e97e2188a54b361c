package io.tidemark.query.keys;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.tidemark.query.http.Exchange;
import io.tidemark.query.http.Limits;
import io.tidemark.query.http.Problem;
import io.tidemark.query.http.Refused;
import io.tidemark.query.http.RequestBody;
import io.tidemark.query.http.RequestHead;
import io.tidemark.streams.directory.Customer;
import io.tidemark.streams.roster.Roster;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Lets a request through when its key is known and has the scope: 401 first, then 403, then 413. Its body is awaited after
 * that, so that nobody sends one for whom nothing is done.
 */
public final class Gate {
    private static final String BEARER = "bearer ";

    private final ApiKeys keys;
    private final Roster roster;

    public Gate(ApiKeys keys, Roster roster) {
        this.keys = keys;
        this.roster = roster;
    }

    /** What is done for a caller that may. */
    @FunctionalInterface
    public interface CallerHandler {
        void handle(Context context, Caller caller) throws Exception;
    }

    /** What is done for whoever holds a link to a customer. */
    @FunctionalInterface
    public interface HolderHandler {
        void handle(Context context, LinkHolder holder) throws Exception;
    }

    /**
     * Lets through those alone who hold a link, and only while its customer is there and part of reports: else it is like a key that is not
     * known. Nothing but this does; whatever {@link #needs} a scope refuses them.
     */
    public Handler needsLink(HolderHandler handler) {
        return context -> {
            LinkHolder holder = holder(caller(context));
            RequestBody.whole(context, Limits.BODY_BYTES, () -> handler.handle(context, holder));
        };
    }

    private LinkHolder holder(Caller caller) {
        Caller.Link link = caller.link()
                .orElseThrow(() -> refused(Problem.Kind.FORBIDDEN, "This needs the token of a link to a customer."));
        if (!roster.isCaughtUp()) {
            throw refused(Problem.Kind.UNAVAILABLE, "The customers are being read.");
        }
        Customer customer = roster.byId(caller.tenant(), link.customer())
                .filter(Customer::isReported)
                .orElseThrow(Gate::unknown);
        return new LinkHolder(caller, customer, link.end());
    }

    public Handler needs(Scope scope, CallerHandler handler) {
        return needs(scope, Limits.BODY_BYTES, handler);
    }

    /**
     * The same.
     *
     * @param most bytes that a body may have
     */
    public Handler needs(Scope scope, int most, CallerHandler handler) {
        return context -> {
            Caller caller = caller(context);
            if (!caller.may(scope)) {
                throw refused(Problem.Kind.FORBIDDEN, wanted(scope));
            }
            RequestBody.whole(context, most, () -> handler.handle(context, caller));
        };
    }

    private static String wanted(Scope scope) {
        return "This needs a key " + (scope == Scope.ADMIN ? "" : "of a tenant, ") + "with the scope " + scope.label()
                + ".";
    }

    /** One answer for no key, two keys and a wrong key: it says nothing about which keys exist. */
    private Caller caller(Context context) {
        Set<String> presented = presented(context);
        if (presented.size() == 1) {
            String key = presented.iterator().next();
            var found = keys.find(key);
            if (found.isPresent()) {
                Exchange.of(context).belongsTo(found.get().owner(), idOf(key));
                return found.get();
            }
        }
        throw unknown();
    }

    private static Refused unknown() {
        return refused(
                Problem.Kind.UNAUTHORIZED,
                "Present one valid key, as \"Authorization: Bearer KEY\" or \"X-Api-Key: KEY\".");
    }

    /** Keys of an operator's own choice have nothing that may be told. */
    private static Optional<String> idOf(String key) {
        return Optional.of(key).filter(ApiKeyFormat::isOurs).map(ApiKeyFormat::id);
    }

    private static Set<String> presented(Context context) {
        var presented = new HashSet<String>();
        for (String value : RequestHead.values(context, "Authorization")) {
            boolean bearer = value.regionMatches(true, 0, BEARER, 0, BEARER.length());
            // Another scheme counts as a key that is not known.
            presented.add(bearer ? value.substring(BEARER.length()).strip() : "");
        }
        RequestHead.values(context, "X-Api-Key").forEach(key -> presented.add(key.strip()));
        return presented;
    }

    private static Refused refused(Problem.Kind kind, String detail) {
        return new Refused(Problem.of(kind, detail));
    }
}
