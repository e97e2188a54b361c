package io.tidemark.streams.guarantees;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The rules of an event once more, plainly, out of the documentation: which reasons speak against it. */
final class Faults {
    private final Told told;
    private final Set<String> reasons = new TreeSet<>();

    private Faults(Told told) {
        this.told = told;
    }

    static Set<String> of(Told told) {
        var faults = new Faults(told);
        faults.texts();
        faults.amounts();
        return faults.reasons;
    }

    private void texts() {
        if (!told.withheld.isEmpty()) {
            reasons.add("missing_field");
        }
        String id = "id";
        when(!told.withheld.contains(id) && !isText(told.id, 1, 255), "invalid_id");
        when(!isText(Told.text(told.source), 0, 255), "invalid_source");
        when(
                !told.withheld.contains("tenant_id") && !told.tenant.matches("[a-z0-9][a-z0-9_-]{0,62}"),
                "invalid_tenant");
        when(!told.withheld.contains("external_customer_id") && !isText(told.customer, 1, 256), "invalid_customer");
        when(told.usage && !told.meter.matches("[A-Za-z0-9_.:-]{1,64}"), "invalid_meter");
        String currency = Told.text(told.currency);
        when(!currency.isEmpty() && !currency.matches("[A-Z]{3}"), "invalid_currency");
        when(told.cost.signum() != 0 && currency.isEmpty(), "currency_missing");
    }

    private void amounts() {
        for (BigDecimal amount : told.usage
                ? new BigDecimal[] {told.quantity, told.credits, told.cost}
                : new BigDecimal[] {told.credits, told.cost}) {
            when(amount.abs().compareTo(Figures.LARGEST) > 0, "too_large");
            when(amount.stripTrailingZeros().scale() > 9, "too_precise");
        }
        if (!told.usage) {
            for (long tokens : told.tokens) {
                when(tokens < 0, "negative_count");
                when(tokens > Figures.MOST_TOKENS, "too_large");
            }
            when(isNegative(told.latency), "negative_count");
        }
    }

    private static boolean isNegative(@Nullable Long number) {
        return number != null && number < 0;
    }

    private void when(boolean broken, String reason) {
        if (broken) {
            reasons.add(reason);
        }
    }

    private static boolean isText(String text, int least, int most) {
        int bytes = text.getBytes(UTF_8).length;
        return bytes >= least
                && bytes <= most
                && text.codePoints().noneMatch(c -> Character.getType(c) == Character.CONTROL);
    }
}
