package io.tidemark.query.instance;

import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.tidemark.query.keys.ApiKeys;
import io.tidemark.query.keys.Gate;
import io.tidemark.query.keys.Scope;
import io.tidemark.query.ops.HealthChecks;
import io.tidemark.query.ops.Metrics;
import io.tidemark.query.ops.OpenApi;
import io.tidemark.query.period.PeriodParser;
import io.tidemark.query.usage.UsageOfAllCustomers;
import io.tidemark.query.usage.UsageOfCustomer;
import io.tidemark.streams.reading.Health;
import io.tidemark.streams.reading.UsageReadModel;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Every endpoint on one screen. */
public final class Routes implements Consumer<JavalinConfig> {
    /** All three are the same API; the slug of the last must be the caller's own tenant. */
    static final List<String> PREFIXES = List.of("/api/v1", "/v1", "/api/v1/apps/{slug}");

    private final Gate gate;
    private final UsageOfCustomer ofCustomer;
    private final UsageOfAllCustomers ofAll;
    private final HealthChecks health;
    private final Metrics metrics;
    private final OpenApi openApi = new OpenApi();

    public Routes(UsageReadModel usage, ApiKeys keys, Supplier<Health> health, Metrics metrics, Clock clock) {
        var periods = new PeriodParser(clock);
        this.gate = new Gate(keys);
        this.ofCustomer = new UsageOfCustomer(usage, periods);
        this.ofAll = new UsageOfAllCustomers(usage, periods);
        this.health = new HealthChecks(health);
        this.metrics = metrics;
    }

    @Override
    public void accept(JavalinConfig config) {
        PREFIXES.forEach(prefix -> api(config.routes, prefix));
        operations(config.routes);
        config.requestLogger.http(metrics::answered);
    }

    private void api(RoutesConfig routes, String prefix) {
        routes.get(prefix + "/customers/{id}/usage", gate.needs(Scope.READ, ofCustomer.namedBy("id")));
        routes.get(
                prefix + "/customer-by-external-id/{external_id}/usage",
                gate.needs(Scope.READ, ofCustomer.namedBy("external_id")));
        routes.get(prefix + "/usage/by-customer", gate.needs(Scope.READ, ofAll));
    }

    private void operations(RoutesConfig routes) {
        routes.get("/health/live", health::live);
        routes.get("/health/ready", health::ready);
        routes.get("/metrics", metrics::scrape);
        routes.get("/openapi.json", openApi::show);
    }
}
