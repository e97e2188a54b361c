package io.tidemark.query.customers;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.tidemark.streams.directory.Customer;
import io.tidemark.streams.directory.Details;
import io.tidemark.streams.directory.Details.Detail;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A customer as it is sent; what is not known is null.
 *
 * @param position of the answer to a change: what {@code after} takes; in no other answer
 */
record CustomerBody(
        String id,
        String externalId,
        @Nullable String name,
        @Nullable String email,
        @Nullable String phone,
        @JsonProperty("billing_address_line1") @Nullable String billingAddressLine1,
        @JsonProperty("billing_address_line2") @Nullable String billingAddressLine2,
        @Nullable String billingAddressCity,
        @Nullable String billingAddressState,
        @Nullable String billingAddressPostalCode,
        @Nullable String billingAddressCountry,
        @Nullable String currency,
        @Nullable String timezone,
        @Nullable String countryCode,
        @Nullable String locale,
        Map<String, String> metadata,
        @JsonProperty("is_active") boolean active,
        boolean autoCreated,
        long version,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant firstSeenAt,
        @Nullable Instant lastSeenAt,
        @Nullable Instant deletedAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String position) {

    static CustomerBody of(Customer customer) {
        return written(customer, null);
    }

    static CustomerBody written(Customer customer, @Nullable String position) {
        Details details = customer.details();
        return new CustomerBody(
                customer.id().toString(),
                customer.externalId(),
                details.get(Detail.NAME),
                details.get(Detail.EMAIL),
                details.get(Detail.PHONE),
                details.get(Detail.BILLING_ADDRESS_LINE1),
                details.get(Detail.BILLING_ADDRESS_LINE2),
                details.get(Detail.BILLING_ADDRESS_CITY),
                details.get(Detail.BILLING_ADDRESS_STATE),
                details.get(Detail.BILLING_ADDRESS_POSTAL_CODE),
                details.get(Detail.BILLING_ADDRESS_COUNTRY),
                details.get(Detail.CURRENCY),
                details.get(Detail.TIMEZONE),
                details.get(Detail.COUNTRY_CODE),
                details.get(Detail.LOCALE),
                new TreeMap<>(Objects.requireNonNullElse(details.metadata(), Map.of())),
                customer.active(),
                customer.autoCreated(),
                customer.version(),
                customer.createdAt(),
                customer.updatedAt(),
                customer.firstSeenAt().orElse(null),
                customer.lastSeenAt().orElse(null),
                customer.deletedAt().orElse(null),
                position);
    }
}
