package io.tidemark.streams.access;

import io.tidemark.events.ApiKeyRevocation;
import io.tidemark.schemas.SchemaHistory;
import io.tidemark.schemas.SingleObject;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.message.MessageDecoder;
import org.apache.avro.message.MessageEncoder;
import org.apache.avro.specific.SpecificData;

/** The values of {@code api-keys} and {@code tenants}, in Avro's single-object encoding: they are read without a registry. */
final class AccessRecord {
    private static final MessageDecoder<io.tidemark.events.ApiKey> KEYS = io.tidemark.events.ApiKey.createDecoder(
            SingleObject.writtenWith(io.tidemark.events.ApiKey.getClassSchema()));
    private static final MessageDecoder<ApiKeyRevocation> REVOCATIONS =
            ApiKeyRevocation.createDecoder(SingleObject.writtenWith(ApiKeyRevocation.getClassSchema()));
    private static final MessageDecoder<io.tidemark.events.Tenant> TENANTS = io.tidemark.events.Tenant.createDecoder(
            SingleObject.writtenWith(io.tidemark.events.Tenant.getClassSchema()));

    /**
     * Of what is for a whole tenant: in the first schema, which the last has at its beginning. So a release that knows no other takes such a
     * key, and passes over links alone.
     */
    private static final MessageEncoder<io.tidemark.events.ApiKey> OF_TENANT = new BinaryMessageEncoder<>(
            SpecificData.getForClass(io.tidemark.events.ApiKey.class),
            SchemaHistory.of(io.tidemark.events.ApiKey.getClassSchema()).get(0));

    private static final MessageEncoder<io.tidemark.events.ApiKey> OF_CUSTOMER = io.tidemark.events.ApiKey.getEncoder();

    private AccessRecord() {}

    static byte[] bytes(ApiKey key) {
        var avro = io.tidemark.events.ApiKey.newBuilder()
                .setId(key.id())
                .setHash(key.hash())
                .setTenantId(key.tenant())
                .setEnvironment(key.environment())
                .setScopes(List.copyOf(new TreeSet<>(key.scopes())))
                .setCreatedAt(key.createdAt())
                .setName(key.name().orElse(null))
                .setExpiresAt(key.expiresAt().orElse(null))
                .setReplacedBy(key.replacedBy().orElse(null))
                .setCustomerId(key.customer().orElse(null))
                .build();
        var encoder = key.isLink() ? OF_CUSTOMER : OF_TENANT;
        return SingleObject.bytes(() -> encoder.encode(avro));
    }

    /** Without its revocation, which is a record of its own. */
    static ApiKey apiKey(byte[] bytes) throws IOException {
        var avro = KEYS.decode(bytes);
        return new ApiKey(
                avro.getId(),
                avro.getHash(),
                avro.getTenantId(),
                avro.getEnvironment(),
                Set.copyOf(avro.getScopes()),
                Optional.ofNullable(avro.getName()),
                avro.getCreatedAt(),
                Optional.ofNullable(avro.getExpiresAt()),
                Optional.ofNullable(avro.getReplacedBy()),
                Optional.empty(),
                Optional.ofNullable(avro.getCustomerId()));
    }

    static byte[] revocation(String id, Instant at) {
        return SingleObject.bytes(() -> ApiKeyRevocation.newBuilder()
                .setId(id)
                .setRevokedAt(at.truncatedTo(ChronoUnit.MICROS))
                .build()
                .toByteBuffer());
    }

    static Instant revokedAt(byte[] bytes) throws IOException {
        return REVOCATIONS.decode(bytes).getRevokedAt();
    }

    static byte[] bytes(Tenant tenant) {
        return SingleObject.bytes(() -> io.tidemark.events.Tenant.newBuilder()
                .setName(tenant.name())
                .setCreatedAt(tenant.createdAt())
                .setDefaultCurrency(tenant.defaultCurrency().orElse(null))
                .setDefaultTimezone(tenant.defaultTimezone().orElse(null))
                .setMeters(List.copyOf(tenant.meters()))
                .build()
                .toByteBuffer());
    }

    static Tenant tenant(byte[] bytes) throws IOException {
        var avro = TENANTS.decode(bytes);
        return new Tenant(
                avro.getName(),
                avro.getCreatedAt(),
                Optional.ofNullable(avro.getDefaultCurrency()),
                Optional.ofNullable(avro.getDefaultTimezone()),
                Set.copyOf(avro.getMeters()));
    }
}
