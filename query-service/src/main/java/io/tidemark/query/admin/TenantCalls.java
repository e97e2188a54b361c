package io.tidemark.query.admin;

import io.javalin.http.Context;
import io.tidemark.query.http.Problem;
import io.tidemark.query.http.Refused;
import io.tidemark.query.http.Replies;
import io.tidemark.query.http.RequestBody;
import io.tidemark.query.keys.Caller;
import io.tidemark.query.keys.Change;
import io.tidemark.query.period.Zones;
import io.tidemark.query.request.Faults;
import io.tidemark.query.request.JsonBody;
import io.tidemark.streams.access.Access;
import io.tidemark.streams.access.Tenant;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** {@code /admin/tenants}. */
public final class TenantCalls {
    public static final String PATH = "/admin/tenants";

    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");

    private final Access access;
    private final Clock clock;

    public TenantCalls(Access access, Clock clock) {
        this.access = access;
        this.clock = clock;
    }

    public void create(Context context, Caller caller) {
        var faults = new Faults();
        Asked.noParameters(context, faults);
        var body = RequestBody.json(context, faults);
        Optional<String> name = body.parsed(
                "tenant", text -> Optional.of(text).filter(Tenant::isName), "must be of the form " + Tenant.FORM);
        body.needs("tenant");
        Defaults defaults = Defaults.read(body);
        Refused.ifAny(faults);
        if (access.tenant(name.orElseThrow()).isPresent()) {
            throw new Refused(Problem.of(Problem.Kind.CONFLICT, "There is a tenant of this name."));
        }
        Tenant tenant = defaults.of(Tenant.named(name.get(), clock.instant()));
        Change.make(() -> access.put(tenant));
        Replies.created(context, PATH + "/" + tenant.name(), TenantBody.of(tenant));
    }

    public void list(Context context, Caller caller) {
        var faults = new Faults();
        Asked.noParameters(context, faults);
        Refused.ifAny(faults);
        Replies.ok(
                context,
                Map.of("data", access.tenants().stream().map(TenantBody::of).toList()));
    }

    public void show(Context context, Caller caller) {
        var faults = new Faults();
        Asked.noParameters(context, faults);
        Refused.ifAny(faults);
        Replies.ok(context, TenantBody.of(named(context)));
    }

    public void change(Context context, Caller caller) {
        var faults = new Faults();
        Asked.noParameters(context, faults);
        Defaults defaults = Defaults.read(RequestBody.json(context, faults));
        Refused.ifAny(faults);
        Tenant tenant = defaults.of(named(context));
        Change.make(() -> access.put(tenant));
        Replies.ok(context, TenantBody.of(tenant));
    }

    private Tenant named(Context context) {
        return Asked.segment(context, "tenant").flatMap(access::tenant).orElseThrow(() -> Asked.unknown("tenant"));
    }

    /** What is said of a tenant; what is not said stays as it is. */
    private record Defaults(Optional<String> currency, Optional<String> timezone, Optional<Set<String>> meters) {

        static Defaults read(JsonBody body) {
            Optional<String> currency = body.parsed(
                    "default_currency",
                    text -> Optional.of(text)
                            .filter(code -> CURRENCY.matcher(code).matches()),
                    "must be an ISO 4217 code of three capital letters, such as USD");
            Optional<String> timezone =
                    body.parsed("default_timezone", text -> Zones.named(text).map(zone -> text), Zones.COMPLAINT);
            Optional<List<String>> meters = body.parsedTexts(
                    "meters",
                    Tenant.MOST_METERS,
                    text -> Optional.of(text).filter(Tenant::isMeter),
                    "must be of the form " + Tenant.METER_FORM);
            body.allowNothingElse();
            return new Defaults(currency, timezone, meters.map(Set::copyOf));
        }

        Tenant of(Tenant before) {
            return new Tenant(
                    before.name(),
                    before.createdAt(),
                    currency.or(before::defaultCurrency),
                    timezone.or(before::defaultTimezone),
                    meters.orElseGet(before::meters));
        }
    }
}
