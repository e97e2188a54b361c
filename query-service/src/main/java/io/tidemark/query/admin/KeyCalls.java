package io.tidemark.query.admin;

import io.javalin.http.Context;
import io.tidemark.query.http.Problem;
import io.tidemark.query.http.Refused;
import io.tidemark.query.http.Replies;
import io.tidemark.query.http.RequestBody;
import io.tidemark.query.keys.Caller;
import io.tidemark.query.keys.Change;
import io.tidemark.query.keys.FreshKey;
import io.tidemark.query.request.Faults;
import io.tidemark.query.request.Parameters;
import io.tidemark.streams.access.Access;
import io.tidemark.streams.access.ApiKey;
import io.tidemark.streams.access.Tenant;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code /admin/api-keys}. A key is shown in the answer that makes it and never again. */
public final class KeyCalls {
    public static final String PATH = "/admin/api-keys";

    /** Whether those that tenants share with their customers are listed too: there may be many. */
    private static final String LINKS = "share_links";

    private final Access access;
    private final Clock clock;
    private final FreshKey fresh;

    public KeyCalls(Access access, Clock clock) {
        this.access = access;
        this.fresh = new FreshKey(access);
        this.clock = clock;
    }

    public void create(Context context, Caller caller) {
        var faults = new Faults();
        Asked.noParameters(context, faults);
        Instant now = clock.instant();
        var asked = NewKey.read(RequestBody.json(context, faults), now, faults);
        Refused.ifAny(faults);
        NewKey wish = asked.orElseThrow();
        // The tenant first: a key that is there before its tenant would be a key of nobody.
        if (access.tenant(wish.tenant()).isEmpty()) {
            Change.make(() -> access.put(Tenant.named(wish.tenant(), now)));
        }
        String text = fresh.text(wish.environment());
        ApiKey key = wish.key(text, now);
        Change.make(() -> access.put(key));
        Replies.created(context, PATH + "/" + key.id(), KeyBody.made(key, text, now));
    }

    public void list(Context context, Caller caller) {
        var faults = new Faults();
        var parameters = Parameters.of(context.queryString(), faults);
        parameters.allowOnly(Set.of("tenant", LINKS), faults);
        boolean links = parameters.flag(LINKS, faults);
        Refused.ifAny(faults);
        Instant now = clock.instant();
        List<KeyBody> rows = access.keys().stream()
                .filter(key -> links || !key.isLink())
                .filter(key ->
                        parameters.text("tenant").map(key.tenant()::equals).orElse(true))
                .map(key -> KeyBody.of(key, now))
                .toList();
        Replies.ok(context, Map.of("data", rows));
    }

    public void show(Context context, Caller caller) {
        var faults = new Faults();
        Asked.noParameters(context, faults);
        Refused.ifAny(faults);
        Replies.ok(context, KeyBody.of(named(context), clock.instant()));
    }

    public void rotate(Context context, Caller caller) {
        var faults = new Faults();
        Asked.noParameters(context, faults);
        Duration overlap = Overlap.read(RequestBody.jsonOrNothing(context, faults));
        Refused.ifAny(faults);
        Instant now = clock.instant();
        ApiKey old = named(context);
        refuseEnded(old, now);
        String text = fresh.text(old.environment());
        ApiKey key = NewKey.like(old, now).key(text, now);
        // The new one first: were the second write lost, a key too many is better than a caller without one.
        Change.make(() -> access.put(key));
        Change.make(() -> access.put(old.replacedBy(key.id(), now.plus(overlap))));
        Replies.created(context, PATH + "/" + key.id(), KeyBody.made(key, text, now));
    }

    /** Once is enough: where the answer to a rotation was lost, its key is in the list and can be rotated itself. */
    private static void refuseEnded(ApiKey key, Instant now) {
        if (key.isLink()) {
            throw conflict("The key is a link that a tenant shares; it makes another itself.");
        }
        if (key.replacedBy().isPresent()) {
            throw conflict(
                    "The key was replaced already, by " + key.replacedBy().get() + ".");
        }
        if (!key.isActive(now)) {
            throw conflict("The key has ended; make a new one.");
        }
    }

    private static Refused conflict(String detail) {
        return new Refused(Problem.of(Problem.Kind.CONFLICT, detail));
    }

    /** Done again it is done already. */
    public void revoke(Context context, Caller caller) {
        var faults = new Faults();
        Asked.noParameters(context, faults);
        RequestBody.jsonOrNothing(context, faults).allowNothingElse();
        Refused.ifAny(faults);
        ApiKey key = named(context);
        if (key.revokedAt().isEmpty()) {
            Change.make(() -> access.revoke(key.id(), clock.instant()));
        }
        Replies.done(context);
    }

    private ApiKey named(Context context) {
        return Asked.segment(context, "id").flatMap(access::key).orElseThrow(() -> Asked.unknown("key"));
    }
}
