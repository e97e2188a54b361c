package io.tidemark.streams.guarantees;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What one event says, from its producer's side. */
final class Told {
    boolean usage;
    String tenant = "";
    String customer = "";

    @Nullable
    String source;

    String id = "";
    long occurredMicros;
    String meter = "";
    BigDecimal quantity = BigDecimal.ZERO;
    BigDecimal credits = BigDecimal.ZERO;
    BigDecimal cost = BigDecimal.ZERO;

    @Nullable
    String currency;

    final long[] tokens = new long[4];

    @Nullable
    Long latency;

    @Nullable
    String model;

    Map<String, String> labels = Map.of();
    /** Fields that are written as null though they must not be. */
    final Set<String> withheld = new HashSet<>();

    Told copy() {
        var copy = new Told();
        copy.usage = usage;
        copy.tenant = tenant;
        copy.customer = customer;
        copy.source = source;
        copy.id = id;
        copy.occurredMicros = occurredMicros;
        copy.meter = meter;
        copy.quantity = quantity;
        copy.credits = credits;
        copy.cost = cost;
        copy.currency = currency;
        System.arraycopy(tokens, 0, copy.tokens, 0, tokens.length);
        copy.latency = latency;
        copy.model = model;
        copy.labels = labels;
        copy.withheld.addAll(withheld);
        return copy;
    }

    /** What makes it the same event as another: null and the empty source are one. */
    List<String> identity() {
        return List.of(tenant, customer, text(source), id);
    }

    /** All it says beyond its identity and time. */
    List<Object> content() {
        List<Object> common = List.of(plain(credits), plain(cost), text(currency), new TreeMap<>(labels));
        List<Object> own = usage
                ? List.of("usage", meter, plain(quantity))
                : List.of("request", Arrays.toString(tokens), latency == null ? 0L : latency, text(model));
        return List.of(common, own);
    }

    /** The meter it is a reading of, led by its kind. */
    String series() {
        return usage ? "USAGE/" + meter : "REQUEST/requests";
    }

    static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static String plain(BigDecimal amount) {
        return amount.signum() == 0 ? "0" : amount.stripTrailingZeros().toPlainString();
    }

    /** The currency of its cost; none where there is no cost. */
    String costCurrency() {
        return cost.signum() == 0 ? "" : text(currency);
    }
}
