package io.tidemark.query.admin;

import io.tidemark.streams.access.Tenant;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A tenant in an answer. */
record TenantBody(
        String tenant,
        @Nullable String defaultCurrency,
        @Nullable String defaultTimezone,
        List<String> meters,
        Instant createdAt) {

    static TenantBody of(Tenant tenant) {
        return new TenantBody(
                tenant.name(),
                tenant.defaultCurrency().orElse(null),
                tenant.defaultTimezone().orElse(null),
                List.copyOf(tenant.meters()),
                tenant.createdAt());
    }
}
