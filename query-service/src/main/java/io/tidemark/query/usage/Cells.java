package io.tidemark.query.usage;

import io.tidemark.streams.reading.Period;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The cells of a row, in the order of their columns. */
final class Cells {
    private final List<@Nullable Object> cells = new ArrayList<>();

    static List<String> costColumns(List<String> currencies) {
        return currencies.stream()
                .map(currency -> "cost_" + currency.toLowerCase(Locale.ROOT))
                .toList();
    }

    Cells text(@Nullable String text) {
        cells.add(text);
        return this;
    }

    Cells count(long count) {
        cells.add(count);
        return this;
    }

    Cells count(BigInteger count) {
        cells.add(count);
        return this;
    }

    /** With the digits that JSON has. */
    Cells amount(@Nullable BigDecimal amount) {
        cells.add(amount == null ? null : amount.stripTrailingZeros());
        return this;
    }

    /** With all its digits, idle ones too. */
    Cells ratio(@Nullable String ratio) {
        cells.add(ratio == null ? null : new BigDecimal(ratio));
        return this;
    }

    /** When it begins and ends, as a clock of that zone shows it, with its offset. */
    Cells period(Period period, ZoneId zone) {
        cells.add(at(period.from(), zone));
        cells.add(at(period.to(), zone));
        return this;
    }

    /** Empty where there is none of a currency, which is not the same as zero. */
    Cells cost(List<Money> cost, List<String> currencies) {
        for (String currency : currencies) {
            amount(cost.stream()
                    .filter(money -> money.currency().equals(currency))
                    .map(Money::amount)
                    .findFirst()
                    .orElse(null));
        }
        return this;
    }

    private static OffsetDateTime at(Instant instant, ZoneId zone) {
        return instant.atZone(zone).toOffsetDateTime();
    }

    List<@Nullable Object> all() {
        return cells;
    }
}
