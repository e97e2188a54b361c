package io.tidemark.streams.pages;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidemark.streams.customers.KnownCustomer;
import io.tidemark.streams.hot.HotReads;
import io.tidemark.streams.hot.HotReads.Range;
import io.tidemark.streams.reading.ByCustomerQuery;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;

/** Sums the pages of all customers of a tenant, one customer after the other: all pieces are scanned side by side, as all are in the order of ids. */
final class TenantReader {
    private final HotReads reads;

    TenantReader(HotReads reads) {
        this.reads = reads;
    }

    /** What the customers of one partition used that are part of reports; where rows alone are asked for, no further than to the end of the page. */
    Ranking customers(int partition, String tenant, ByCustomerQuery query, List<Piece> pieces) {
        Set<String> leftOut = query.includeInactive() ? Set.of() : KnownCustomer.unreported(reads, partition, tenant);
        List<Range> ranges =
                pieces.stream().map(piece -> range(tenant, query, piece)).toList();
        int idFrom = PageKey.tailFrom(tenant.getBytes(UTF_8).length);
        if (pieces.isEmpty()) {
            return new Ranking(query);
        }
        return reads.sideBySide(
                partition, ranges, entries -> ranking(query, leftOut, pieces, new Abreast(entries, idFrom), idFrom));
    }

    private static Range range(String tenant, ByCustomerQuery query, Piece piece) {
        Bytes begin =
                PageKey.prefix(tenant, piece.granularity(), piece.period()).toKey();
        Bytes end =
                PageKey.prefix(tenant, piece.granularity(), piece.period() + 1).toKey();
        if (!query.rowsOnly()) {
            return new Range(begin, end, true);
        }
        Bytes from = query.after()
                .map(last -> PageKey.behind(tenant, piece.granularity(), piece.period(), last.externalId()))
                .orElse(begin);
        return new Range(from, end, false);
    }

    private static Ranking ranking(
            ByCustomerQuery query, Set<String> leftOut, List<Piece> pieces, Abreast pages, int idFrom) {
        var ranking = new Ranking(query);
        var customer = new OneCustomer(query, pieces);
        boolean more = pages.next();
        while (more && !(query.rowsOnly() && ranking.isMore(query))) {
            byte[] key = pages.key();
            int idTo = PageKey.endOfText(key, idFrom);
            customer.begin(key, idFrom, idTo);
            do {
                customer.add(pages.key(), idTo + 1, pages);
                more = pages.next();
            } while (more && isOf(pages.key(), key, idFrom, idTo));
            if (customer.isAny()) {
                if (!leftOut.isEmpty() && leftOut.contains(customer.externalId())) {
                    ranking.leaveOut();
                } else {
                    ranking.meet(customer);
                }
            }
        }
        return ranking.end(customer);
    }

    /** No id is the beginning of another, as they are compared with the zero byte behind them. */
    private static boolean isOf(byte[] key, byte[] customersKey, int idFrom, int idTo) {
        return Arrays.mismatch(key, idFrom, Math.min(key.length, idTo + 1), customersKey, idFrom, idTo + 1) < 0;
    }
}
