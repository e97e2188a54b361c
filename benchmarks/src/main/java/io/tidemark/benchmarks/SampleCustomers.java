package io.tidemark.benchmarks;

import io.tidemark.streams.directory.Customer;
import io.tidemark.streams.directory.Details;
import io.tidemark.streams.directory.Details.Detail;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;

/** Customers of one tenant as a business has them: all with a name, most with an address, two metadata fields. */
public final class SampleCustomers {
    static final String TENANT = "acme";

    private static final Instant LAUNCH = Instant.parse("2025-01-01T00:00:00Z");
    private static final int SECONDS_SINCE = 600 * 24 * 3600;
    private static final List<String> FIRST =
            List.of("Ada", "Björn", "Chen", "Dolores", "Emeka", "Fatima", "Grace", "Hiroshi", "Ines", "Jürgen");
    private static final List<String> LAST =
            List.of("Lovelace", "Nguyen", "Okafor", "Petrov", "Quispe", "Rahman", "Straßburg", "Tanaka", "Usman");

    private final SplittableRandom random;

    public SampleCustomers(long seed) {
        random = new SplittableRandom(seed);
    }

    public Customer customer(int number) {
        Instant created = LAUNCH.plusSeconds(random.nextInt(SECONDS_SINCE));
        return new Customer(
                new UUID((created.toEpochMilli() << 16) | 0x7000, random.nextLong() | Long.MIN_VALUE),
                TENANT,
                "customer_" + number,
                1,
                new Details(texts(number), Map.of("plan", "pro", "crm_id", Long.toHexString(random.nextLong()))),
                true,
                false,
                created,
                created,
                Optional.of(created.plusSeconds(60)),
                seen(created),
                Optional.empty());
    }

    private Map<Detail, String> texts(int number) {
        String first = FIRST.get(random.nextInt(FIRST.size()));
        String last = LAST.get(random.nextInt(LAST.size()));
        var texts = new EnumMap<Detail, String>(Detail.class);
        texts.put(Detail.NAME, first + " " + last + " " + number % 997);
        if (random.nextInt(10) > 0) {
            texts.put(Detail.EMAIL, first + "." + last + number + "@example.com");
        }
        if (random.nextInt(3) > 0) {
            texts.put(Detail.BILLING_ADDRESS_LINE1, random.nextInt(999) + " Long Street");
            texts.put(Detail.BILLING_ADDRESS_CITY, "Springfield");
            texts.put(Detail.BILLING_ADDRESS_POSTAL_CODE, "" + random.nextInt(10_000, 99_999));
        }
        texts.put(Detail.CURRENCY, "EUR");
        texts.put(Detail.TIMEZONE, "Europe/Berlin");
        texts.put(Detail.COUNTRY_CODE, "DE");
        return texts;
    }

    private Optional<Instant> seen(Instant after) {
        return random.nextInt(10) == 0
                ? Optional.empty()
                : Optional.of(
                        after.plusSeconds(random.nextInt(1, SECONDS_SINCE)).truncatedTo(ChronoUnit.HOURS));
    }

    /** The same customer after one more event. */
    Customer seenAgain(Customer customer) {
        return new Customer(
                customer.id(),
                customer.tenant(),
                customer.externalId(),
                customer.version(),
                customer.details(),
                customer.active(),
                customer.autoCreated(),
                customer.createdAt(),
                customer.updatedAt(),
                customer.firstSeenAt(),
                seen(customer.createdAt()),
                customer.deletedAt());
    }
}
