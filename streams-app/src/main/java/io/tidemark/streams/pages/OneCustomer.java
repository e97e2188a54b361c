package io.tidemark.streams.pages;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidemark.streams.event.Amounts;
import io.tidemark.streams.event.EventKind;
import io.tidemark.streams.event.Series;
import io.tidemark.streams.reading.ByCustomerQuery;
import io.tidemark.streams.reading.ByCustomerQuery.SortBy;
import io.tidemark.streams.reading.RowOrder;
import io.tidemark.streams.reading.Sums;
import io.tidemark.streams.reading.UsageByCustomer.Row;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What one customer used, while its pages are read; the same object for one after the other, so that there is none for those that are no row. */
final class OneCustomer {
    /** What {@link #roughly} says where the value is no {@code long}. */
    static final long UNKNOWN = Long.MIN_VALUE;

    private static final BigInteger UNITS = BigInteger.TEN.pow(9);

    private final List<Piece> pieces;
    private final Descent descent;
    private final BySeries<Column> columns;
    private final List<Column> used = new ArrayList<>();
    private final Amounts value = new Amounts(1);
    private byte[] key = {};
    private int from;
    private int to;

    /** What it used of one series, and what all did that were taken into account. */
    private static final class Column {
        private final Series series;
        private final boolean asked;
        private final Amounts its;
        private final Amounts all;
        private boolean isUsed;
        private boolean isUsedByAny;

        Column(Series series, boolean asked) {
            this.series = series;
            this.asked = asked;
            its = Amounts.of(series.kind());
            all = Amounts.of(series.kind());
        }

        boolean isOfRequests() {
            return series.kind() == EventKind.REQUEST;
        }
    }

    /**
     * @param query which series count
     * @param pieces what of its pages does
     */
    OneCustomer(ByCustomerQuery query, List<Piece> pieces) {
        this.pieces = pieces;
        descent = new Descent(pieces);
        columns = new BySeries<>(series -> new Column(
                series,
                query.meter().map(series.meter()::equals).orElse(true)
                        && query.currency().map(series.currency()::equals).orElse(true)));
    }

    /** Another one, whose id stands there in a key. */
    void begin(byte[] inKey, int idFrom, int idTo) {
        key = inKey;
        from = idFrom;
        to = idTo;
        for (Column column : used) {
            column.its.clear();
            column.isUsed = false;
        }
        used.clear();
    }

    /** Adds what it has of the pieces of one series, that which its key ends with. */
    void add(byte[] pageKey, int seriesFrom, Abreast pages) {
        Column column = columns.of(pageKey, seriesFrom);
        if (!column.asked) {
            return;
        }
        boolean any = false;
        descent.begin();
        for (int i = 0; i < pieces.size(); i++) {
            byte[] page = descent.isOpen(i) ? pages.page(i) : null;
            if (page != null) {
                descent.read(i, page);
                any |= pieces.get(i).sum(page, column.its);
            }
        }
        if (any && !column.isUsed) {
            column.isUsed = true;
            used.add(column);
        }
    }

    /** Whether it used anything that was asked for. */
    boolean isAny() {
        return !used.isEmpty();
    }

    String externalId() {
        return new String(key, from, to - from, UTF_8);
    }

    /** Adds it to what all used. */
    void addToAll() {
        for (Column column : used) {
            column.all.add(column.its);
            column.isUsedByAny = true;
        }
    }

    /** What all used together; nothing of a series that none of them did. */
    SortedMap<Series, Amounts> all() {
        var all = new TreeMap<Series, Amounts>();
        columns.all().stream()
                .filter(column -> column.isUsedByAny)
                .forEach(column -> all.put(column.series, column.all));
        return all;
    }

    /** What it is sorted by, in units of {@link #roughly(java.math.BigDecimal, SortBy)}, which is exact; {@link #UNKNOWN} where that is no {@code long}. */
    long roughly(SortBy sortBy) {
        value.clear();
        for (Column column : used) {
            boolean requests = column.isOfRequests();
            switch (sortBy) {
                case COST -> {
                    if (!column.series.currency().isEmpty()) {
                        value.add(column.its, requests ? Amounts.OfRequest.COST : Amounts.OfUsage.COST);
                    }
                }
                case CREDITS -> value.add(column.its, requests ? Amounts.OfRequest.CREDITS : Amounts.OfUsage.CREDITS);
                case REQUESTS -> {
                    if (requests) {
                        value.add(column.its, Amounts.OfRequest.COUNT);
                    }
                }
                case QUANTITY -> {
                    if (requests) {
                        value.add(0, column.its.get(Amounts.OfRequest.COUNT).multiply(UNITS));
                    } else {
                        value.add(column.its, Amounts.OfUsage.QUANTITY);
                    }
                }
                case EXTERNAL_ID -> {
                    // All alike.
                }
            }
        }
        return value.isSmall(0) ? value.small(0) : UNKNOWN;
    }

    Row row(RowOrder order) {
        Sums sums = used.stream()
                .map(column -> SeriesSums.of(column.series, column.its))
                .reduce(Sums.NONE, Sums::plus);
        long requests = used.stream()
                .filter(Column::isOfRequests)
                .mapToLong(column -> column.its.get(Amounts.OfRequest.COUNT).longValueExact())
                .sum();
        return new Row(externalId(), Optional.empty(), Optional.empty(), requests, sums, order.value(sums, requests));
    }
}
