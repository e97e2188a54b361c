package io.tidemark.streams.pages;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidemark.streams.customers.KnownCustomer;
import io.tidemark.streams.hot.Entries;
import io.tidemark.streams.hot.HotReads;
import io.tidemark.streams.hot.HotReads.Range;
import io.tidemark.streams.reading.ByCustomerQuery;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
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
        return reads.sideBySide(partition, ranges, entries -> {
            List<Run> runs = IntStream.range(0, pieces.size())
                    .mapToObj(i -> new Run(pieces.get(i), entries.get(i), idFrom))
                    .toList();
            return ranking(query, leftOut, runs, idFrom);
        });
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

    private static Ranking ranking(ByCustomerQuery query, Set<String> leftOut, List<Run> runs, int idFrom) {
        var ranking = new Ranking(query);
        var customer = new OneCustomer(query);
        runs.forEach(Run::step);
        Run least = least(runs);
        while (least.more && !(query.rowsOnly() && ranking.isMore(query))) {
            byte[] key = least.key;
            int idTo = least.idTo;
            customer.begin(key, idFrom, idTo);
            for (Run run : runs) {
                run.addPagesOf(key, idTo, customer);
            }
            if (customer.isAny()) {
                if (!leftOut.isEmpty() && leftOut.contains(customer.externalId())) {
                    ranking.leaveOut();
                } else {
                    ranking.meet(customer);
                }
            }
            least = least(runs);
        }
        return ranking.end(customer);
    }

    /** The one whose customer comes first; any where none has one. */
    private static Run least(List<Run> runs) {
        Run least = runs.get(0);
        for (int i = 1; i < runs.size(); i++) {
            Run run = runs.get(i);
            if (run.more && (!least.more || run.isBefore(least))) {
                least = run;
            }
        }
        return least;
    }

    /** The pages of one piece, while they are read. */
    private static final class Run {
        private final Piece piece;
        private final Entries pages;
        private final int idFrom;
        private boolean more;
        private byte[] key = {};
        /** Where the zero byte behind the id is. */
        private int idTo;

        Run(Piece piece, Entries pages, int idFrom) {
            this.piece = piece;
            this.pages = pages;
            this.idFrom = idFrom;
        }

        void step() {
            more = pages.next();
            if (more) {
                key = pages.key();
                idTo = PageKey.endOfText(key, idFrom);
            }
        }

        /** No id is the beginning of another, as they are compared with the zero byte behind them. */
        boolean isBefore(Run other) {
            return Arrays.compareUnsigned(key, idFrom, idTo + 1, other.key, idFrom, other.idTo + 1) < 0;
        }

        /** Adds the pages of that customer, and steps behind them. */
        void addPagesOf(byte[] otherKey, int otherTo, OneCustomer customer) {
            while (more && Arrays.equals(key, idFrom, idTo, otherKey, idFrom, otherTo)) {
                customer.add(key, idTo + 1, pages.value(), piece);
                step();
            }
        }
    }
}
