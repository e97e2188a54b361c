package io.tidemark.streams.directory;

import io.tidemark.schemas.PublicRecords;
import io.tidemark.streams.directory.Details.Detail;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;

/** The records of {@code customers}. One thread's alone. */
public final class CustomerRecord {
    private final PublicRecords<io.tidemark.events.Customer> records =
            PublicRecords.specific(io.tidemark.events.Customer.getClassSchema());

    byte[] encode(Customer customer, int schemaId, Headers headers) {
        return records.encode(toAvro(customer), schemaId, headers);
    }

    /** The customer a record speaks of; empty when Tidemark did not write it. */
    public Optional<Customer> decode(byte[] value, Headers headers) {
        return records.decode(value, headers).map(CustomerRecord::fromAvro);
    }

    static io.tidemark.events.Customer toAvro(Customer customer) {
        var avro = new io.tidemark.events.Customer();
        avro.put("id", customer.id());
        avro.put("tenant_id", customer.tenant());
        avro.put("external_id", customer.externalId());
        avro.put("version", customer.version());
        for (Detail detail : Detail.values()) {
            avro.put(detail.label(), customer.details().get(detail));
        }
        avro.put("metadata", Objects.requireNonNullElse(customer.details().metadata(), Map.of()));
        avro.put("is_active", customer.active());
        avro.put("auto_created", customer.autoCreated());
        avro.put("created_at", micros(customer.createdAt()));
        avro.put("updated_at", micros(customer.updatedAt()));
        avro.put(
                "first_seen_at",
                customer.firstSeenAt().map(CustomerRecord::micros).orElse(null));
        avro.put(
                "last_seen_at",
                customer.lastSeenAt().map(CustomerRecord::micros).orElse(null));
        avro.put("deleted_at", customer.deletedAt().map(CustomerRecord::micros).orElse(null));
        return avro;
    }

    static Customer fromAvro(io.tidemark.events.Customer avro) {
        var texts = new EnumMap<Detail, String>(Detail.class);
        for (Detail detail : Detail.values()) {
            if (avro.get(detail.label()) instanceof String text) {
                texts.put(detail, text);
            }
        }
        return new Customer(
                avro.getId(),
                avro.getTenantId(),
                avro.getExternalId(),
                avro.getVersion(),
                new Details(texts, avro.getMetadata()),
                avro.getIsActive(),
                avro.getAutoCreated(),
                avro.getCreatedAt(),
                avro.getUpdatedAt(),
                Optional.ofNullable(avro.getFirstSeenAt()),
                Optional.ofNullable(avro.getLastSeenAt()),
                Optional.ofNullable(avro.getDeletedAt()));
    }

    private static Instant micros(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MICROS);
    }
}
