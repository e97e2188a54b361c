package io.tidemark.schemas;

import io.tidemark.events.ApiKey;
import io.tidemark.events.ApiKeyRevocation;
import io.tidemark.events.CommandKind;
import io.tidemark.events.CommandOutcome;
import io.tidemark.events.Customer;
import io.tidemark.events.CustomerCommand;
import io.tidemark.events.CustomerDetails;
import io.tidemark.events.CustomerResult;
import io.tidemark.events.MeterTotals;
import io.tidemark.events.RequestEvent;
import io.tidemark.events.Tenant;
import io.tidemark.events.UsageEvent;
import io.tidemark.events.UsageTotals;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.NullMarked;

/** One record of each kind with every field set. Their bytes are golden: never change them, add others. */
@NullMarked
final class Samples {
    private static final Instant AT = Instant.parse("2026-11-20T12:34:56.789012Z");

    private Samples() {}

    static List<SpecificRecord> all() {
        return List.of(request(), usage(), customer(), command(), result(), totals(), apiKey(), revocation(), tenant());
    }

    private static RequestEvent request() {
        return RequestEvent.newBuilder()
                .setId("req-1")
                .setSource("gateway")
                .setTenantId("acme")
                .setExternalCustomerId("customer_123/\u00e9\ud83d\ude00")
                .setOccurredAt(AT)
                .setOperation("chat.completions")
                .setProvider("openai")
                .setModel("gpt-x")
                .setFlow("support")
                .setEnvironment("production")
                .setStatus("ok")
                .setLatencyMs(842L)
                .setInputTokens(1_000)
                .setOutputTokens(200)
                .setCachedInputTokens(300)
                .setReasoningTokens(40)
                .setCredits(new BigDecimal("1.250000000"))
                .setCost(new BigDecimal("-0.004200000"))
                .setCurrency("USD")
                .setTags(Map.of("team", "blue"))
                .build();
    }

    private static UsageEvent usage() {
        return UsageEvent.newBuilder()
                .setId("use-1")
                .setSource("meterd")
                .setTenantId("acme")
                .setExternalCustomerId("customer_123")
                .setOccurredAt(AT)
                .setMeter("storage.gb-hours")
                .setQuantity(new BigDecimal("99999999999999999999999999999.999999999"))
                .setCredits(new BigDecimal("0.000000001"))
                .setCost(new BigDecimal("12.000000000"))
                .setCurrency("NPR")
                .setDimensions(Map.of("region", "eu"))
                .build();
    }

    private static Customer customer() {
        return Customer.newBuilder()
                .setId(UUID.fromString("0199a000-0000-7000-8000-000000000001"))
                .setTenantId("acme")
                .setExternalId("customer_123")
                .setVersion(7)
                .setName("Ada")
                .setEmail("Ada@example.com")
                .setPhone("+977 1")
                .setBillingAddressLine1("Line 1")
                .setBillingAddressLine2("Line 2")
                .setBillingAddressCity("Kathmandu")
                .setBillingAddressState("Bagmati")
                .setBillingAddressPostalCode("44600")
                .setBillingAddressCountry("NP")
                .setCurrency("NPR")
                .setTimezone("Asia/Kathmandu")
                .setCountryCode("NP")
                .setLocale("ne-NP")
                .setMetadata(Map.of("plan", "pro"))
                .setIsActive(false)
                .setAutoCreated(true)
                .setCreatedAt(AT)
                .setUpdatedAt(AT.plusSeconds(1))
                .setFirstSeenAt(AT.plusSeconds(2))
                .setLastSeenAt(AT.plusSeconds(3))
                .setDeletedAt(AT.plusSeconds(4))
                .build();
    }

    private static CustomerCommand command() {
        return CustomerCommand.newBuilder()
                .setKind(CommandKind.UPDATE)
                .setTenantId("acme")
                .setExternalId("customer_123")
                .setCommandId(UUID.fromString("0199a000-0000-7000-8000-000000000002"))
                .setId(UUID.fromString("0199a000-0000-7000-8000-000000000001"))
                .setIfVersion(7L)
                .setContent(-8L)
                .setDetails(details())
                .setFirstSeenAt(AT)
                .setLastSeenAt(AT.plusSeconds(1))
                .setExisting("email")
                .setCustomer(customer())
                .build();
    }

    private static CustomerDetails details() {
        return CustomerDetails.newBuilder()
                .setName("Ada")
                .setEmail("Ada@example.com")
                .setPhone("+977 1")
                .setBillingAddressLine1("Line 1")
                .setBillingAddressLine2("Line 2")
                .setBillingAddressCity("Kathmandu")
                .setBillingAddressState("Bagmati")
                .setBillingAddressPostalCode("44600")
                .setBillingAddressCountry("NP")
                .setCurrency("NPR")
                .setTimezone("Asia/Kathmandu")
                .setCountryCode("NP")
                .setLocale("ne-NP")
                .setMetadata(Map.of("plan", "pro"))
                .setIsActive(false)
                .build();
    }

    private static CustomerResult result() {
        return CustomerResult.newBuilder()
                .setCommandId(UUID.fromString("0199a000-0000-7000-8000-000000000002"))
                .setOutcome(CommandOutcome.TAKEN)
                .setField("email")
                .setAlso("external_id")
                .setCustomer(customer())
                .build();
    }

    private static ApiKey apiKey() {
        return ApiKey.newBuilder()
                .setId("4kZ0aB9x")
                .setHash("2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae")
                .setTenantId("acme")
                .setScopes(List.of("ingest", "read"))
                .setCreatedAt(AT)
                .setEnvironment("test")
                .setName("billing")
                .setExpiresAt(AT.plusSeconds(1))
                .setReplacedBy("9xBa0Zk4")
                .setCustomerId(UUID.fromString("0199a000-0000-7000-8000-000000000003"))
                .build();
    }

    private static ApiKeyRevocation revocation() {
        return ApiKeyRevocation.newBuilder().setId("4kZ0aB9x").setRevokedAt(AT).build();
    }

    private static Tenant tenant() {
        return Tenant.newBuilder()
                .setName("acme")
                .setCreatedAt(AT)
                .setDefaultCurrency("NPR")
                .setDefaultTimezone("Asia/Kathmandu")
                .setMeters(List.of("requests", "storage.gb-hours"))
                .build();
    }

    private static UsageTotals totals() {
        var meter = MeterTotals.newBuilder()
                .setKind("request")
                .setMeter("requests")
                .setCurrency("USD")
                .setCount(3)
                .setQuantity(new BigDecimal("0.000000000"))
                .setCredits(new BigDecimal("1.500000000"))
                .setCost(new BigDecimal("0.250000000"))
                .setInputTokens(1)
                .setOutputTokens(2)
                .setCachedInputTokens(3)
                .setReasoningTokens(4)
                .build();
        return UsageTotals.newBuilder()
                .setTenantId("acme")
                .setExternalCustomerId("customer_123")
                .setMonth("2026-11")
                .setVersion(9)
                .setPosition("AQEA")
                .setAsOf(AT)
                .setTotals(List.of(meter))
                .build();
    }
}
