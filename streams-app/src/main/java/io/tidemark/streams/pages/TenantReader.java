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

    /** What the customers of one partition used that are part of reports, in the order of their ids. */
    Scanned customers(int partition, String tenant, ByCustomerQuery query, List<Piece> pieces) {
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
        Map<String, Map<Series, Amounts>> customers = new TreeMap<>();
        for (Piece piece : pieces) {
            scan(partition, tenant, query, piece, customers);
        }
        return customers.entrySet().stream()
                .map(entry -> sums(entry.getKey(), entry.getValue()))
                .toList();
    }

    private void scan(
            int partition,
            String tenant,
            ByCustomerQuery query,
            Piece piece,
            Map<String, Map<Series, Amounts>> customers) {
        int tenantBytes = tenant.getBytes(UTF_8).length;
        var from = PageKey.prefix(tenant, piece.granularity(), piece.period()).toKey();
        var to = PageKey.prefix(tenant, piece.granularity(), piece.period() + 1).toKey();
        reads.scan(partition, from, to, (key, stored) -> {
            PageKey.Tail tail = PageKey.tailOf(key, tenantBytes);
            if (!asked(tail.series(), query)) {
                return;
            }
            Amounts sums = Amounts.of(tail.series().kind());
            if (Page.sum(stored, piece.granularity(), piece.fromSlot(), piece.toSlot(), sums)) {
                customers
                        .computeIfAbsent(tail.customer(), any -> new HashMap<>())
                        .merge(tail.series(), sums, TenantReader::add);
            }
        });
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
