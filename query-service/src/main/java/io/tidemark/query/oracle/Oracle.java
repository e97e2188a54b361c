package io.tidemark.query.oracle;

import io.tidemark.streams.event.EventKind;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Adds up events, each of which must be given once. For one thread. */
public final class Oracle {
    private final Map<Series, Row> rows = new HashMap<>();
    private long events;

    private record Series(String customer, Instant minute, String kind, String meter, String currency) {}

    /**
     * One more event.
     *
     * @param fields by the names of the schema, as for {@link io.tidemark.streams.publishing.EventPublisher}
     */
    public void add(EventKind kind, Map<String, ?> fields) {
        add(row(kind, fields));
        events++;
    }

    /** Undoes an {@link #add}. */
    public void takeBack(EventKind kind, Map<String, ?> fields) {
        add(row(kind, fields).negated());
        events--;
    }

    private void add(Row row) {
        var series = new Series(row.customer(), row.minute(), row.kind(), row.meter(), row.currency());
        rows.merge(series, row, (one, other) -> {
            Row sum = one.plus(other);
            return sum.count() == 0 ? null : sum;
        });
    }

    private static Row row(EventKind kind, Map<String, ?> fields) {
        boolean request = kind == EventKind.REQUEST;
        return new Row(
                text(fields, "external_customer_id"),
                ((Instant) given(fields, "occurred_at").orElseThrow()).truncatedTo(ChronoUnit.MINUTES),
                request ? "request" : "usage",
                request ? "requests" : text(fields, "meter"),
                text(fields, "currency"),
                1,
                count(fields, "input_tokens"),
                count(fields, "output_tokens"),
                count(fields, "cached_input_tokens"),
                count(fields, "reasoning_tokens"),
                request ? BigDecimal.ONE : decimal(fields, "quantity"),
                decimal(fields, "credits"),
                decimal(fields, "cost"));
    }

    private static Optional<Object> given(Map<String, ?> fields, String name) {
        return Optional.ofNullable(fields.get(name));
    }

    private static String text(Map<String, ?> fields, String name) {
        return (String) given(fields, name).orElse("");
    }

    private static long count(Map<String, ?> fields, String name) {
        return ((Number) given(fields, name).orElse(0L)).longValue();
    }

    private static BigDecimal decimal(Map<String, ?> fields, String name) {
        return (BigDecimal) given(fields, name).orElse(BigDecimal.ZERO);
    }

    public long events() {
        return events;
    }

    /** In the order of a file. */
    public Stream<Row> rows() {
        return rows.values().stream().sorted(Row.ORDER);
    }
}
