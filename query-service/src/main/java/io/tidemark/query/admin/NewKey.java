package io.tidemark.query.admin;

import io.tidemark.query.keys.ApiKeyFormat;
import io.tidemark.query.keys.KeyHash;
import io.tidemark.query.keys.Scope;
import io.tidemark.query.period.Moment;
import io.tidemark.query.request.Faults;
import io.tidemark.query.request.JsonBody;
import io.tidemark.streams.access.ApiKey;
import io.tidemark.streams.access.Tenant;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** The key an operator wishes for. */
record NewKey(
        String tenant, String environment, Set<String> scopes, Optional<String> name, Optional<Instant> expiresAt) {
    private static final int LONGEST_NAME = 100;
    private static final int MOST_SCOPES = 20;

    /** Empty exactly when it added a fault. */
    static Optional<NewKey> read(JsonBody body, Instant now, Faults faults) {
        Optional<String> tenant = body.parsed("tenant", only(Tenant::isName), "must be of the form " + Tenant.FORM);
        Optional<List<Scope>> scopes = scopes(body, faults);
        Optional<String> name = body.text("name", LONGEST_NAME);
        Optional<Instant> expiresAt = body.parsed(
                "expires_at",
                text -> Moment.exactly(text).filter(now::isBefore),
                "must be an RFC 3339 instant that lies ahead, such as 2036-10-01T00:00:00Z");
        Optional<String> environment = body.parsed(
                "environment", only(ApiKeyFormat::isEnvironment), "must have 1 to 16 lower-case letters and digits");
        body.needs("tenant", "scopes");
        body.allowNothingElse();
        return faults.all().isEmpty()
                ? Optional.of(new NewKey(
                        tenant.orElseThrow(),
                        environment.orElse("live"),
                        labels(scopes.orElseThrow()),
                        name,
                        expiresAt))
                : Optional.empty();
    }

    private static Optional<List<Scope>> scopes(JsonBody body, Faults faults) {
        int before = faults.all().size();
        Optional<List<Scope>> scopes =
                body.parsedTexts("scopes", MOST_SCOPES, Scope::of, "must be ingest, read, write or admin");
        if (scopes.filter(List::isEmpty).isPresent() && faults.all().size() == before) {
            faults.addAt("/scopes", "must name a scope: ingest, read, write or admin");
        }
        return scopes;
    }

    private static Function<String, Optional<String>> only(Predicate<String> allowed) {
        return text -> Optional.of(text).filter(allowed);
    }

    private static Set<String> labels(List<Scope> scopes) {
        return Set.copyOf(scopes.stream().map(Scope::label).toList());
    }

    /** For the same use as another, and for as long as that was made for. */
    static NewKey like(ApiKey key, Instant now) {
        Optional<Instant> end = key.expiresAt().map(before -> now.plus(Duration.between(key.createdAt(), before)));
        return new NewKey(key.tenant(), key.environment(), key.scopes(), key.name(), end);
    }

    /** The key as it is kept. */
    ApiKey key(String text, Instant now) {
        return new ApiKey(
                ApiKeyFormat.id(text),
                KeyHash.of(text).hex(),
                tenant,
                environment,
                scopes,
                name,
                now,
                expiresAt,
                Optional.empty(),
                Optional.empty());
    }
}
