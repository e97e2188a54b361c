package io.tidemark.streams.access;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A key that was given out, by its hash. Instants are UTC, precise to the microsecond.
 *
 * @param id names it without giving it away
 * @param hash SHA-256 of its text, 64 lower-case hexadecimal digits
 * @param environment a part of its text that says where it is meant for; decides nothing
 * @param scopes what it may be used for; words that a newer release knows may be among them
 * @param name what people call it
 * @param expiresAt from when on it is not taken any more
 * @param replacedBy the id of the key that a rotation made in its place
 * @param revokedAt when it was revoked; it ended when that was heard of, whatever a clock says
 * @param customer of a link, by which one customer's usage is shared: our id of the only customer it is for. Such a key has the one scope
 *     {@link #OF_CUSTOMER} and always an end, and no name: a text about a customer would have to be found when it is erased
 */
public record ApiKey(
        String id,
        String hash,
        String tenant,
        String environment,
        Set<String> scopes,
        Optional<String> name,
        Instant createdAt,
        Optional<Instant> expiresAt,
        Optional<String> replacedBy,
        Optional<Instant> revokedAt,
        Optional<UUID> customer) {
    /**
     * The scope of a link. Not {@code read}: a release that reads a key's scopes and has never heard of its customer does not know this
     * word either, and grants nothing.
     */
    public static final String OF_CUSTOMER = "read:customer";

    private static final Pattern ID = Pattern.compile("[0-9A-Za-z]{1,64}");
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    public ApiKey {
        scopes = Set.copyOf(scopes);
        createdAt = createdAt.truncatedTo(ChronoUnit.MICROS);
        expiresAt = expiresAt.map(end -> end.truncatedTo(ChronoUnit.MICROS));
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("the id of a key has 1 to 64 letters and digits");
        }
        if (!HASH.matcher(hash).matches()) {
            throw new IllegalArgumentException("a hash has 64 lower-case hexadecimal digits");
        }
        if (!Tenant.isName(tenant)) {
            throw new IllegalArgumentException("not the name of a tenant: " + tenant);
        }
        boolean isLink = scopes.equals(Set.of(OF_CUSTOMER)) && expiresAt.isPresent() && name.isEmpty();
        if (customer.isPresent() && !isLink) {
            throw new IllegalArgumentException(
                    "a key for one customer has the scope " + OF_CUSTOMER + " alone and an end, and no name");
        }
    }

    /** A key of a whole tenant. */
    public ApiKey(
            String id,
            String hash,
            String tenant,
            String environment,
            Set<String> scopes,
            Optional<String> name,
            Instant createdAt,
            Optional<Instant> expiresAt,
            Optional<String> replacedBy,
            Optional<Instant> revokedAt) {
        this(
                id,
                hash,
                tenant,
                environment,
                scopes,
                name,
                createdAt,
                expiresAt,
                replacedBy,
                revokedAt,
                Optional.empty());
    }

    /** A link to what one customer used, until it ends. */
    public static ApiKey link(
            String id, String hash, String tenant, String environment, UUID customer, Instant createdAt, Instant end) {
        return new ApiKey(
                id,
                hash,
                tenant,
                environment,
                Set.of(OF_CUSTOMER),
                Optional.empty(),
                createdAt,
                Optional.of(end),
                Optional.empty(),
                Optional.empty(),
                Optional.of(customer));
    }

    /** Whether it is for one customer alone. */
    public boolean isLink() {
        return customer.isPresent();
    }

    public boolean isLinkTo(String whose, UUID asked) {
        return tenant.equals(whose) && customer.equals(Optional.of(asked));
    }

    public boolean isActive(Instant now) {
        return revokedAt.isEmpty()
                && expiresAt.filter(end -> !now.isBefore(end)).isEmpty();
    }

    /** The same once another took its place; it ends then, or when it would have anyway. */
    public ApiKey replacedBy(String newId, Instant end) {
        Instant sooner = expiresAt.filter(end::isAfter).orElse(end);
        return new ApiKey(
                id,
                hash,
                tenant,
                environment,
                scopes,
                name,
                createdAt,
                Optional.of(sooner),
                Optional.of(newId),
                revokedAt,
                customer);
    }

    ApiKey revoked(Optional<Instant> at) {
        return new ApiKey(id, hash, tenant, environment, scopes, name, createdAt, expiresAt, replacedBy, at, customer);
    }
}
