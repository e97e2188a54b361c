package io.tidemark.dev.sample;

import io.tidemark.query.load.Dice;
import io.tidemark.query.load.MadeEvent;
import io.tidemark.streams.event.EventKind;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes events of one company: calls of a model, and amounts of a meter. */
final class Call {
    /** What the reseller adds to a model's price, and what a credit is worth. */
    private static final BigDecimal MARKUP = new BigDecimal("1.25");

    private static final BigDecimal CREDITS_PER_USD = BigDecimal.valueOf(100);
    private static final Map<String, BigDecimal> PER_USD =
            Map.of("USD", BigDecimal.ONE, "EUR", new BigDecimal("0.92"), "GBP", new BigDecimal("0.79"));
    private static final List<String> FLOWS = List.of(
            "support-chat",
            "support-chat",
            "support-chat",
            "document-search",
            "summaries",
            "translation",
            "coding-agent");
    private static final double FAILURES = 0.018;
    private static final int DIGITS = 9;

    private Call() {}

    static MadeEvent of(String tenant, Company company, String id, Instant at, Dice dice) {
        Model model = Model.drawn(dice);
        Map<String, Object> fields = begun(tenant, company, id, at);
        fields.put("provider", model.provider());
        fields.put("model", model.name());
        fields.put("operation", model.operation());
        fields.put("flow", dice.one(FLOWS));
        fields.put("environment", dice.chance(0.93) ? "production" : "staging");
        long read = dice.around(model.usualInput(), 2.4);
        fields.put("input_tokens", read);
        if (dice.chance(FAILURES)) {
            fields.put("status", dice.chance(0.6) ? "rate_limited" : "error");
            fields.put("latency_ms", dice.around(180, 2));
        } else {
            answered(fields, company, model, read, dice);
        }
        return new MadeEvent(EventKind.REQUEST, fields);
    }

    private static void answered(Map<String, Object> fields, Company company, Model model, long read, Dice dice) {
        long written = model.usualOutput() == 0 ? 0 : dice.around(model.usualOutput(), 2.2);
        boolean cacheHit = model.cached().signum() > 0 && dice.chance(0.4);
        long fromCache = cacheHit ? read * (40 + dice.below(50)) / 100 : 0;
        fields.put("status", "ok");
        fields.put("output_tokens", written);
        fields.put("cached_input_tokens", fromCache);
        fields.put("reasoning_tokens", written * model.reasoningPercent() / 100);
        fields.put("latency_ms", dice.around(260, 1.5) + written * model.millisPerToken());
        value(fields, company, model.price(read, fromCache, written).multiply(MARKUP));
    }

    static MadeEvent ofMeter(
            String tenant,
            Company company,
            String id,
            Instant at,
            String meter,
            BigDecimal quantity,
            BigDecimal price) {
        Map<String, Object> fields = begun(tenant, company, id, at);
        fields.put("meter", meter);
        fields.put("quantity", quantity);
        value(fields, company, price.multiply(quantity));
        return new MadeEvent(EventKind.USAGE, fields);
    }

    private static Map<String, Object> begun(String tenant, Company company, String id, Instant at) {
        Map<String, Object> fields = new HashMap<>(32);
        fields.put("tenant_id", tenant);
        fields.put("external_customer_id", company.externalId());
        fields.put("id", id);
        fields.put("source", "sample");
        fields.put("occurred_at", at);
        return fields;
    }

    private static void value(Map<String, Object> fields, Company company, BigDecimal usd) {
        if (usd.signum() != 0) {
            fields.put("credits", usd.multiply(CREDITS_PER_USD).setScale(4, RoundingMode.HALF_EVEN));
            fields.put("cost", usd.multiply(PER_USD.get(company.currency())).setScale(DIGITS, RoundingMode.HALF_EVEN));
            fields.put("currency", company.currency());
        }
    }
}
