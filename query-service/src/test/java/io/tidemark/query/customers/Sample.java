package io.tidemark.query.customers;

import io.tidemark.streams.directory.Customer;
import io.tidemark.streams.directory.Details;
import io.tidemark.streams.directory.Details.Detail;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Customers to ask for. */
public final class Sample {
    public static final Instant CREATED = Instant.parse("2026-10-01T00:00:00Z");

    private Sample() {}

    public static UUID id(int number) {
        return new UUID(0x0198_a7c0_0000_7000L, 0x8000_0000_0000_0000L + number);
    }

    /** Of acme, with a name and an e-mail address of its own. */
    public static Customer customer(int number) {
        return customer("acme", number, "c" + number, Optional.empty());
    }

    public static Customer called(int number, String externalId) {
        return customer("acme", number, externalId, Optional.empty());
    }

    public static Customer deleted(int number) {
        return customer("acme", number, "c" + number, Optional.of(CREATED.plusSeconds(60)));
    }

    public static Customer customer(String tenant, int number, String externalId, Optional<Instant> deleted) {
        return customer(tenant, number, externalId, deleted, Map.of());
    }

    /** With that said of it beside what is said of all. */
    public static Customer customer(
            String tenant, int number, String externalId, Optional<Instant> deleted, Map<Detail, String> more) {
        var texts = new EnumMap<Detail, String>(Detail.class);
        texts.put(Detail.NAME, "Name " + number);
        texts.put(Detail.EMAIL, "N" + number + "@example.com");
        texts.put(Detail.BILLING_ADDRESS_LINE1, "1 Long Street");
        texts.putAll(more);
        return new Customer(
                id(number),
                tenant,
                externalId,
                3,
                new Details(texts, Map.of("plan", "pro")),
                true,
                false,
                CREATED.plusSeconds(number),
                CREATED.plusSeconds(number),
                Optional.empty(),
                Optional.of(CREATED.plusSeconds(100 - number)),
                deleted);
    }
}
