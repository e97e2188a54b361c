package io.tidemark.query.usage;

import io.tidemark.streams.reading.ByCustomerQuery.SortBy;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How orders are called in parameters and answers. */
final class SortNames {
    private SortNames() {}

    static String of(SortBy sort) {
        return sort.name().toLowerCase(Locale.ROOT);
    }

    static Optional<SortBy> parse(String name) {
        return Arrays.stream(SortBy.values())
                .filter(sort -> of(sort).equals(name))
                .findFirst();
    }
}
