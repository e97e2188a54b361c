package io.tidemark.query.customers;

import io.tidemark.streams.directory.Customer;
import io.tidemark.streams.directory.Details.Detail;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The customer that an answer is about, as it is sent: {@code id} and {@code name} are null until the directory knows it. */
public record Whose(
        @Nullable String id, String externalId, @Nullable String name) {

    /** @param known what the directory has of it */
    public Whose(String externalId, Optional<Customer> known) {
        this(
                known.map(customer -> customer.id().toString()).orElse(null),
                externalId,
                known.map(customer -> customer.details().get(Detail.NAME)).orElse(null));
    }
}
