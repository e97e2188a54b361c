package io.tidemark.streams.pages;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidemark.streams.customers.KnownCustomer;
import io.tidemark.streams.event.Amounts;
import io.tidemark.streams.event.EventKind;
import io.tidemark.streams.event.Series;
import io.tidemark.streams.hot.HotReads;
import io.tidemark.streams.reading.ByCustomerQuery;
import io.tidemark.streams.reading.Sums;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;

/** Sums the pages of all customers of a tenant: a contiguous scan for each piece and partition. */
final class TenantReader {
    private final HotReads reads;

    TenantReader(HotReads reads) {
        this.reads = reads;
    }

    /** One customer's sums; request events apart, because usage events count too. */
    record CustomerSums(String customer, long requests, Sums sums) {}

    /** What customers used, and how many were left out. */
    record Scanned(List<CustomerSums> customers, long excluded) {
        static Scanned nothing() {
            return new Scanned(new ArrayList<>(), 0);
        }

        /** Both; takes this one's list over. */
        Scanned and(Scanned other) {
            customers.addAll(other.customers);
            return new Scanned(customers, excluded + other.excluded);
        }
    }

    /** What the customers of one partition used that are part of reports; where rows alone are asked for, those that a page may have. */
    Scanned customers(int partition, String tenant, ByCustomerQuery query, List<Piece> pieces) {
        if (query.rowsOnly()) {
            return new Scanned(page(partition, tenant, query, pieces), 0);
        }
        List<CustomerSums> all = all(partition, tenant, query, pieces);
        if (query.includeInactive()) {
            return new Scanned(all, 0);
        }
        Set<String> unreported = KnownCustomer.unreported(reads, partition, tenant);
        List<CustomerSums> reported =
                all.stream().filter(one -> !unreported.contains(one.customer())).toList();
        return new Scanned(reported, all.size() - reported.size());
    }

    private List<CustomerSums> all(int partition, String tenant, ByCustomerQuery query, List<Piece> pieces) {
        var customers = new Gathered(Set.of(), Long.MAX_VALUE);
        for (Piece piece : pieces) {
            scan(partition, tenant, query, piece, customers);
        }
        return customers.sums();
    }

    /**
     * The customers behind the end of the last page, one more than a page has rows, and their sums whole. A customer that is among the first so many
     * of all pieces is among the first so many of each, so no piece is read further. What else is found may be in part, and stands behind them.
     */
    private List<CustomerSums> page(int partition, String tenant, ByCustomerQuery query, List<Piece> pieces) {
        Set<String> unreported =
                query.includeInactive() ? Set.of() : KnownCustomer.unreported(reads, partition, tenant);
        var customers = new Gathered(unreported, query.limit() + 1L);
        for (Piece piece : pieces) {
            scan(partition, tenant, query, piece, customers);
        }
        return customers.sums();
    }

    private void scan(int partition, String tenant, ByCustomerQuery query, Piece piece, Gathered customers) {
        int tenantBytes = tenant.getBytes(UTF_8).length;
        Bytes begin =
                PageKey.prefix(tenant, piece.granularity(), piece.period()).toKey();
        Bytes from = query.rowsOnly()
                ? query.after()
                        .map(last -> PageKey.behind(tenant, piece.granularity(), piece.period(), last.externalId()))
                        .orElse(begin)
                : begin;
        Bytes to =
                PageKey.prefix(tenant, piece.granularity(), piece.period() + 1).toKey();
        customers.begin();
        reads.scanWhile(partition, from, to, (key, stored) -> {
            PageKey.Tail tail = PageKey.tailOf(key, tenantBytes);
            if (!asked(tail.series(), query)) {
                return true;
            }
            Amounts sums = Amounts.of(tail.series().kind());
            return !Page.sum(stored, piece.granularity(), piece.fromSlot(), piece.toSlot(), sums)
                    || customers.add(tail, sums);
        });
    }

    /** Sums by customer, of one piece after the other; not of those that are left out, and in each piece of so many customers at most. */
    private static final class Gathered {
        private final Map<String, Map<Series, Amounts>> customers = new TreeMap<>();
        private final Set<String> leftOut;
        private final long most;
        private String last = "";
        private long inPiece;

        Gathered(Set<String> leftOut, long most) {
            this.leftOut = leftOut;
            this.most = most;
        }

        void begin() {
            last = "";
            inPiece = 0;
        }

        /** Whether more may come; what is one too many is not added. */
        boolean add(PageKey.Tail tail, Amounts sums) {
            if (leftOut.contains(tail.customer())) {
                return true;
            }
            if (!tail.customer().equals(last)) {
                last = tail.customer();
                inPiece++;
            }
            if (inPiece > most) {
                return false;
            }
            customers
                    .computeIfAbsent(tail.customer(), any -> new HashMap<>())
                    .merge(tail.series(), sums, TenantReader::add);
            return true;
        }

        List<CustomerSums> sums() {
            return customers.entrySet().stream()
                    .map(entry -> TenantReader.sums(entry.getKey(), entry.getValue()))
                    .toList();
        }
    }

    private static boolean asked(Series series, ByCustomerQuery query) {
        return query.meter().map(series.meter()::equals).orElse(true)
                && query.currency().map(series.currency()::equals).orElse(true);
    }

    private static Amounts add(Amounts sums, Amounts more) {
        sums.add(more);
        return sums;
    }

    private static CustomerSums sums(String customer, Map<Series, Amounts> series) {
        Sums all = Sums.NONE;
        long requests = 0;
        for (Map.Entry<Series, Amounts> entry : series.entrySet()) {
            Sums sums = SeriesSums.of(entry.getKey(), entry.getValue());
            all = all.plus(sums);
            requests += entry.getKey().kind() == EventKind.REQUEST ? sums.count() : 0;
        }
        return new CustomerSums(customer, requests, all);
    }
}
