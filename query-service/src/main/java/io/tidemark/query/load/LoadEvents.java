package io.tidemark.query.load;

import io.tidemark.streams.event.EventKind;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The events of a load by their numbers. Three of four are requests where there are meters, else all. */
public final class LoadEvents {
    private static final int EVENT = 1;
    private static final int REPEAT = 2;
    private static final double REQUESTS = 0.75;
    private static final double CORRECTIONS = 0.01;
    private static final double FREE = 0.05;
    private static final double LARGE = 0.001;
    private static final List<String> MODELS = List.of("gpt-x", "gpt-x-mini", "claude-x", "gemini-x");
    private static final List<String> CURRENCIES = List.of("USD", "USD", "USD", "EUR", "GBP");
    private static final BigDecimal BILLION = BigDecimal.valueOf(1_000_000_000);

    private final String tenant;
    private final LoadSettings settings;
    private final Skew.Draw customers;
    private final String name;
    private final List<String> names;
    private final long spreadMicros;
    private final long lateMicros;

    public LoadEvents(String tenant, LoadSettings settings) {
        this.tenant = tenant;
        this.settings = settings;
        customers = settings.skew().over(settings.customers());
        name = settings.name() + "-";
        names = names(settings.prefix(), settings.customers());
        spreadMicros = settings.spread().toMillis() * 1_000;
        lateMicros = Math.max(spreadMicros, settings.lateBy().toMillis() * 1_000);
    }

    /** Always the same event for the same number. */
    public MadeEvent event(long number) {
        Dice dice = Dice.of(settings.seed(), EVENT, number);
        Map<String, Object> fields = new HashMap<>(32);
        fields.put("id", name + number);
        fields.put("tenant_id", tenant);
        fields.put("source", "tidemark-load");
        fields.put("external_customer_id", names.get(customers.with(dice)));
        fields.put("occurred_at", occurredAt(dice));
        boolean correction = dice.chance(CORRECTIONS);
        boolean request = settings.meters().isEmpty() || dice.chance(REQUESTS);
        if (request) {
            request(fields, dice, correction);
        } else {
            fields.put("meter", dice.one(settings.meters()));
            fields.put("quantity", signed(amount(dice, 500, 3), correction));
        }
        value(fields, dice, correction);
        return new MadeEvent(request ? EventKind.REQUEST : EventKind.USAGE, fields);
    }

    /** Whether an event is sent again, and if so, after how many others; else -1. */
    int repeatedAfter(long number, int most) {
        Dice dice = Dice.of(settings.seed(), REPEAT, number);
        return dice.chance(settings.duplicates()) ? (int) dice.below(most) : -1;
    }

    /** Of the same length, so that they sort as they count. */
    private static List<String> names(String prefix, int count) {
        String format = prefix + "%0" + Integer.toString(count).length() + "d";
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> String.format(format, number))
                .toList();
    }

    private Instant occurredAt(Dice dice) {
        long back = dice.chance(settings.late())
                ? spreadMicros + dice.below(Math.max(1, lateMicros - spreadMicros))
                : dice.below(spreadMicros);
        return settings.until().minus(back + 1, ChronoUnit.MICROS);
    }

    private static void request(Map<String, Object> fields, Dice dice, boolean correction) {
        fields.put("operation", "chat.completions");
        fields.put("provider", "example");
        fields.put("model", dice.one(MODELS));
        fields.put("environment", "load");
        fields.put("status", dice.chance(0.02) ? "error" : "ok");
        fields.put("latency_ms", 50 + dice.below(5_000));
        if (!correction) {
            long input = 1 + dice.below(8_000);
            long output = 1 + dice.below(2_000);
            fields.put("input_tokens", input);
            fields.put("output_tokens", output);
            fields.put("cached_input_tokens", dice.below(input));
            fields.put("reasoning_tokens", dice.below(output));
        }
    }

    private static void value(Map<String, Object> fields, Dice dice, boolean correction) {
        fields.put("credits", signed(amount(dice, 5, 6), correction));
        if (!dice.chance(FREE)) {
            fields.put("cost", signed(amount(dice, 2, 9), correction));
            fields.put("currency", dice.one(CURRENCIES));
        }
    }

    /** Now and then one that no 64 bits of the smallest units hold once it is summed. */
    private static BigDecimal amount(Dice dice, long bound, int digits) {
        BigDecimal amount = dice.decimal(bound, digits);
        return dice.chance(LARGE) ? amount.multiply(BILLION) : amount;
    }

    private static BigDecimal signed(BigDecimal amount, boolean correction) {
        return correction ? amount.negate() : amount;
    }
}
