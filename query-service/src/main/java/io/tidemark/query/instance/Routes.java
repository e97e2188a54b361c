package io.tidemark.query.instance;

import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Handler;
import io.tidemark.query.admin.KeyCalls;
import io.tidemark.query.admin.TenantCalls;
import io.tidemark.query.customers.CustomerChanges;
import io.tidemark.query.customers.CustomerCreation;
import io.tidemark.query.customers.CustomerList;
import io.tidemark.query.customers.Customers;
import io.tidemark.query.customers.DirectoryCalls;
import io.tidemark.query.customers.NewCustomers;
import io.tidemark.query.customers.OneCustomer;
import io.tidemark.query.dashboard.Dashboard;
import io.tidemark.query.http.Limits;
import io.tidemark.query.ingest.IngestCalls;
import io.tidemark.query.keys.ApiKeys;
import io.tidemark.query.keys.Gate;
import io.tidemark.query.keys.Scope;
import io.tidemark.query.logs.RequestLogs;
import io.tidemark.query.logs.UsageBreakdown;
import io.tidemark.query.ops.DocsPage;
import io.tidemark.query.ops.HealthChecks;
import io.tidemark.query.ops.Metrics;
import io.tidemark.query.ops.OpenApi;
import io.tidemark.query.period.PeriodParser;
import io.tidemark.query.reconciliation.ReconciliationCall;
import io.tidemark.query.rejected.RejectedCalls;
import io.tidemark.query.rejected.ReplayCalls;
import io.tidemark.query.sharing.LinkCalls;
import io.tidemark.query.sharing.Links;
import io.tidemark.query.sharing.SharedCustomer;
import io.tidemark.query.stream.StreamHub;
import io.tidemark.query.stream.UsageStream;
import io.tidemark.query.tracing.FateOfEvent;
import io.tidemark.query.usage.PagesOfTenant;
import io.tidemark.query.usage.Snapshots;
import io.tidemark.query.usage.UsageOfAllCustomers;
import io.tidemark.query.usage.UsageOfCustomer;
import io.tidemark.query.usage.UsageOfTenant;
import io.tidemark.streams.access.Access;
import io.tidemark.streams.access.Tenant;
import io.tidemark.streams.directory.CustomerDirectory;
import io.tidemark.streams.publishing.EventIntake;
import io.tidemark.streams.reading.Health;
import io.tidemark.streams.reading.Parts;
import io.tidemark.streams.reading.UsageReadModel;
import io.tidemark.streams.replaying.Replays;
import io.tidemark.streams.roster.Roster;
import io.tidemark.streams.tracing.Tracer;
import java.time.Clock;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Every endpoint on one screen. */
public final class Routes implements Consumer<JavalinConfig> {
    /** All three are the same API; the slug of the last must be the caller's own tenant. */
    static final List<String> PREFIXES = List.of("/api/v1", "/v1", "/api/v1/apps/{slug}");

    private final Gate gate;
    private final CustomerList list;
    private final OneCustomer one;
    private final CustomerCreation creation;
    private final CustomerChanges changes;
    private final IngestCalls ingest;
    private final UsageOfCustomer ofCustomer;
    private final UsageOfTenant ofTenant;
    private final UsageOfAllCustomers ofAll;
    private final RequestLogs logs;
    private final UsageBreakdown breakdown;
    private final ReconciliationCall reconciliation;
    private final PagesOfTenant pages;
    private final FateOfEvent fate;
    private final RejectedCalls rejected;
    private final ReplayCalls replay;
    private final UsageStream stream;
    private final LinkCalls links;
    private final SharedCustomer shared = new SharedCustomer();
    private final KeyCalls keyCalls;
    private final TenantCalls tenantCalls;
    private final HealthChecks health;
    private final Metrics metrics;
    private final OpenApi openApi = new OpenApi();
    private final DocsPage docs = new DocsPage();
    private final Dashboard dashboard = new Dashboard();

    public Routes(
            UsageReadModel usage,
            Parts parts,
            Tracer tracer,
            Access access,
            Roster roster,
            CustomerDirectory directory,
            EventIntake intake,
            Replays replays,
            StreamHub hub,
            ApiKeys keys,
            Supplier<Health> health,
            Metrics metrics,
            long eventsPerSecond,
            Clock clock) {
        var periods = new PeriodParser(clock, tenant -> access.tenant(tenant).flatMap(Tenant::defaultTimezone));
        var customers = new Customers(roster);
        this.gate = new Gate(keys, roster);
        this.list = new CustomerList(customers);
        this.one = new OneCustomer(customers);
        this.ingest = new IngestCalls(intake, customers, definedIn(access), eventsPerSecond, clock);
        var calls = new DirectoryCalls(directory, clock);
        this.creation = new CustomerCreation(customers, calls, NewCustomers.of(access));
        var sharedLinks = new Links(access, clock);
        this.links = new LinkCalls(sharedLinks, customers);
        this.changes = new CustomerChanges(customers, calls, sharedLinks::endAll);
        this.ofCustomer = new UsageOfCustomer(usage, parts, customers, periods);
        this.ofTenant = new UsageOfTenant(parts, periods);
        this.ofAll = new UsageOfAllCustomers(usage, periods);
        this.logs = new RequestLogs(parts, customers, periods);
        this.breakdown = new UsageBreakdown(parts, customers, periods);
        this.reconciliation = new ReconciliationCall(parts, periods);
        this.pages = new PagesOfTenant(parts, periods, customers);
        this.fate = new FateOfEvent(tracer, customers);
        this.rejected = new RejectedCalls(parts, replays, periods, customers);
        this.replay = new ReplayCalls(parts, replays, intake, periods, customers);
        this.stream = new UsageStream(hub, new Snapshots(usage, customers), customers, clock);
        this.keyCalls = new KeyCalls(access, clock);
        this.tenantCalls = new TenantCalls(access, clock);
        this.health = new HealthChecks(health);
        this.metrics = metrics;
    }

    private static BiPredicate<String, String> definedIn(Access access) {
        return (tenant, meter) -> access.tenant(tenant)
                .filter(one -> one.meters().contains(meter))
                .isPresent();
    }

    @Override
    public void accept(JavalinConfig config) {
        PREFIXES.forEach(prefix -> api(config.routes, prefix));
        admin(config.routes);
        operations(config.routes);
        config.requestLogger.http(metrics::answered);
    }

    private void api(RoutesConfig routes, String prefix) {
        customers(routes, prefix);
        ingest(routes, prefix);
        get(routes, prefix + "/usage", gate.needs(Scope.READ, ofTenant));
        get(routes, prefix + "/usage/by-customer", gate.needs(Scope.READ, ofAll));
        get(routes, prefix + "/usage/stream", gate.needs(Scope.READ, stream));
        get(routes, prefix + "/request-logs", gate.needs(Scope.READ, logs));
        get(routes, prefix + "/llm-logs", gate.needs(Scope.READ, logs));
        get(routes, prefix + "/reconciliation", gate.needs(Scope.ADMIN, reconciliation));
        get(routes, prefix + "/usage/pages", gate.needs(Scope.READ, pages));
        get(routes, prefix + "/events/{id}", gate.needs(Scope.READ, fate));
        rejected(routes, prefix + "/rejected-events");
        shared(routes, prefix + "/shared");
    }

    /** All that is shown to whoever holds a link to a customer. */
    private void shared(RoutesConfig routes, String path) {
        get(routes, path, gate.needsLink(shared));
        get(routes, path + "/usage", gate.needsLink(ofCustomer::shared));
        get(routes, path + "/usage/breakdown", gate.needsLink(breakdown::shared));
    }

    /** Fixed paths before {id}. */
    private void rejected(RoutesConfig routes, String path) {
        get(routes, path, gate.needs(Scope.READ, rejected::list));
        get(routes, path + "/counts", gate.needs(Scope.READ, rejected::counts));
        routes.post(path + "/replay", gate.needs(Scope.WRITE, replay::replay));
        get(routes, path + "/{id}", gate.needs(Scope.READ, rejected::show));
    }

    private void ingest(RoutesConfig routes, String prefix) {
        routes.post(prefix + "/requests", gate.needs(Scope.INGEST, ingest.request()));
        routes.post(prefix + "/requests/batch", gate.needs(Scope.INGEST, Limits.BATCH_BYTES, ingest.requests()));
        routes.post(prefix + "/usage", gate.needs(Scope.INGEST, ingest.usage()));
        routes.post(prefix + "/usage/batch", gate.needs(Scope.INGEST, Limits.BATCH_BYTES, ingest.usages()));
        routes.post(prefix + "/events", gate.needs(Scope.INGEST, Limits.BATCH_BYTES, ingest::events));
    }

    private void admin(RoutesConfig routes) {
        routes.post(KeyCalls.PATH, gate.needs(Scope.ADMIN, keyCalls::create));
        get(routes, KeyCalls.PATH, gate.needs(Scope.ADMIN, keyCalls::list));
        get(routes, KeyCalls.PATH + "/{id}", gate.needs(Scope.ADMIN, keyCalls::show));
        routes.post(KeyCalls.PATH + "/{id}/rotate", gate.needs(Scope.ADMIN, keyCalls::rotate));
        routes.delete(KeyCalls.PATH + "/{id}", gate.needs(Scope.ADMIN, keyCalls::revoke));
        get(routes, RejectedCalls.ADMIN_PATH, gate.needs(Scope.ADMIN, rejected::listForOperator));
        routes.post(TenantCalls.PATH, gate.needs(Scope.ADMIN, tenantCalls::create));
        get(routes, TenantCalls.PATH, gate.needs(Scope.ADMIN, tenantCalls::list));
        get(routes, TenantCalls.PATH + "/{tenant}", gate.needs(Scope.ADMIN, tenantCalls::show));
        routes.patch(TenantCalls.PATH + "/{tenant}", gate.needs(Scope.ADMIN, tenantCalls::change));
    }

    /** Fixed paths before {id}: the first that fits is taken. */
    private void customers(RoutesConfig routes, String prefix) {
        get(routes, prefix + "/customers", gate.needs(Scope.READ, list));
        routes.post(prefix + "/customers", gate.needs(Scope.WRITE, creation::create));
        routes.post(prefix + "/customers/get-or-create", gate.needs(Scope.WRITE, creation::getOrCreate));
        get(routes, prefix + "/customers/by-email", gate.needs(Scope.READ, one::byEmail));
        get(routes, prefix + "/customers/by-external-id", gate.needs(Scope.READ, one::byExternalId));
        customer(routes, prefix + "/customers/{id}", "id");
        customer(routes, prefix + "/customer-by-external-id/{external_id}", "external_id");
    }

    /** One customer, by either form of its path. */
    private void customer(RoutesConfig routes, String path, String segment) {
        get(routes, path, gate.needs(Scope.READ, one.namedBy(segment)));
        routes.put(path, gate.needs(Scope.WRITE, changes.updateNamedBy(segment)));
        routes.patch(path, gate.needs(Scope.WRITE, changes.updateNamedBy(segment)));
        routes.delete(path, gate.needs(Scope.WRITE, changes.deleteNamedBy(segment)));
        routes.post(path + "/clone", gate.needs(Scope.WRITE, creation.cloneNamedBy(segment)));
        get(routes, path + "/usage", gate.needs(Scope.READ, ofCustomer.namedBy(segment)));
        get(routes, path + "/usage/breakdown", gate.needs(Scope.READ, breakdown.namedBy(segment)));
        routes.post(path + LinkCalls.PATH, gate.needs(Scope.WRITE, links.makeNamedBy(segment)));
        get(routes, path + LinkCalls.PATH, gate.needs(Scope.WRITE, links.listNamedBy(segment)));
        routes.delete(
                path + LinkCalls.PATH + "/{" + LinkCalls.LINK + "}",
                gate.needs(Scope.WRITE, links.revokeNamedBy(segment)));
    }

    private void operations(RoutesConfig routes) {
        get(routes, "/", dashboard::show);
        get(routes, Dashboard.FILES + "/{file}", dashboard::file);
        get(routes, "/health/live", health::live);
        get(routes, "/health/startup", health::startup);
        get(routes, "/health/ready", health::ready);
        get(routes, "/metrics", metrics::scrape);
        get(routes, "/openapi.json", openApi::show);
        get(routes, DocsPage.PATH, docs::show);
        get(routes, DocsPage.PATH + "/{file}", docs::file);
    }

    /** HEAD asks the same as GET, of the same who may: Javalin by itself would say 200 to anybody. */
    private static void get(RoutesConfig routes, String path, Handler handler) {
        routes.get(path, handler);
        routes.head(path, handler);
    }
}
