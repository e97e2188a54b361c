package io.tidemark.streams.guarantees;

import java.math.BigDecimal;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** Spoils an event in one or several of the ways that can be said in a well-formed value; names the reasons. */
final class Faulty {
    private final Random random;

    Faulty(Random random) {
        this.random = random;
    }

    /** Spoils it, and says with which reasons it must be refused. */
    Set<String> spoil(Told told) {
        var reasons = new TreeSet<String>();
        for (int i = random.nextInt(8) == 0 ? 4 : 1; i > 0; i--) {
            reasons.add(spoilOnce(told));
        }
        return reasons;
    }

    private String spoilOnce(Told told) {
        return switch (random.nextInt(told.usage ? 10 : 12)) {
            case 0 -> {
                told.tenant = pick("Acme", "", "-a", "a/b", "t".repeat(64), "\u00E9");
                yield "invalid_tenant";
            }
            case 1 -> {
                told.customer = pick("", "x".repeat(257), "\u00E9".repeat(129), "a\u0000b", "a\nb", "\u0085");
                yield "invalid_customer";
            }
            case 2 -> {
                told.id = pick("", "x".repeat(256), "a\tb", "\u007F");
                yield "invalid_id";
            }
            case 3 -> {
                told.source = pick("x".repeat(256), "a\rb");
                yield "invalid_source";
            }
            case 4 -> {
                told.currency = pick("usd", "US", "EURO", "U D", "\u00C4\u00D6\u00DC");
                yield "invalid_currency";
            }
            case 5 -> {
                told.cost = new BigDecimal("0.01");
                told.currency = random.nextBoolean() ? null : "";
                yield "currency_missing";
            }
            case 6 -> {
                told.credits = Figures.LARGEST.add(Figures.SMALLEST);
                yield "too_large";
            }
            case 7 -> {
                told.credits = new BigDecimal("0.0000000001");
                yield "too_precise";
            }
            case 8 -> {
                told.withheld.add(pick("id", "tenant_id", "external_customer_id"));
                yield "missing_field";
            }
            case 9 -> {
                if (!told.usage) {
                    told.tokens[random.nextInt(4)] = -1;
                    yield "negative_count";
                }
                told.meter = pick("", "a b", "m".repeat(65), "\u00E9", "a/b");
                yield "invalid_meter";
            }
            case 10 -> {
                told.tokens[random.nextInt(4)] = Figures.MOST_TOKENS + 1;
                yield "too_large";
            }
            default -> {
                told.latency = -1L;
                yield "negative_count";
            }
        };
    }

    private String pick(String... these) {
        return these[random.nextInt(these.length)];
    }
}
