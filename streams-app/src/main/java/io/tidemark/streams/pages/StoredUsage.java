package io.tidemark.streams.pages;

import io.tidemark.schemas.EventKey;
import io.tidemark.streams.accounts.StoredProgress;
import io.tidemark.streams.customers.HotCustomer;
import io.tidemark.streams.event.Progress;
import io.tidemark.streams.hot.HotReads;
import io.tidemark.streams.hot.HotReads.NotServed;
import io.tidemark.streams.pages.TenantReader.Scanned;
import io.tidemark.streams.reading.Answer;
import io.tidemark.streams.reading.Answer.Reason;
import io.tidemark.streams.reading.AsOf;
import io.tidemark.streams.reading.ByCustomerQuery;
import io.tidemark.streams.reading.CustomerUsage;
import io.tidemark.streams.reading.Freshness;
import io.tidemark.streams.reading.MeterUsage;
import io.tidemark.streams.reading.Period;
import io.tidemark.streams.reading.Position;
import io.tidemark.streams.reading.Sums;
import io.tidemark.streams.reading.UsageByCustomer;
import io.tidemark.streams.reading.UsageReadModel;
import io.tidemark.streams.reading.Wait;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;

/**
 * Reads usage out of the pages of this instance's partitions. Does not wait: that is {@code reading}'s.
 *
 * <p>Freshness is taken before the pages are read, so an answer holds at least what it says.
 */
public final class StoredUsage implements UsageReadModel {
    private static final int TRIES = 3;

    private final HotReads reads;
    private final StoredProgress progress;
    private final AsOf asOf;
    private final int partitions;
    private final BiPredicate<String, String> isCustomer;

    /** Knows the customers that were counted, and no others. */
    public StoredUsage(HotReads reads, StoredProgress progress, AsOf asOf, int partitions) {
        this(reads, progress, asOf, partitions, (tenant, externalId) -> false);
    }

    /** @param isCustomer whether a tenant has a customer, by external id: what it used is nothing then, and not unknown */
    public StoredUsage(
            HotReads reads,
            StoredProgress progress,
            AsOf asOf,
            int partitions,
            BiPredicate<String, String> isCustomer) {
        this.reads = reads;
        this.progress = progress;
        this.asOf = asOf;
        this.partitions = partitions;
        this.isCustomer = isCustomer;
    }

    @Override
    public Answer<CustomerUsage> ofCustomer(String tenant, String externalId, Period period, Wait wait) {
        int partition = new EventKey(tenant, externalId).partition(partitions);
        try {
            return settled(partition, tenant, externalId, period, TRIES);
        } catch (NotServed e) {
            return new Answer.NotReady<>(Reason.MOVING, String.valueOf(e.getMessage()));
        }
    }

    /** Reads again when a flush was seen to come between; at the last try the pages may be of two moments. */
    private Answer<CustomerUsage> settled(int partition, String tenant, String id, Period period, int tries) {
        List<Progress> before = progress.of(partition);
        Horizon horizon = horizon(partition);
        Instant current = asOf.of(before);
        Answer<CustomerUsage> answer = read(partition, tenant, id, horizon.widen(Minutes.of(period)), before, current);
        boolean settled = Position.of(progress.of(partition)).equals(Position.of(before));
        // A page purged meanwhile would read as one that never was: that must not be left to the number of tries.
        if (!horizon(partition).equals(horizon)) {
            return settled(partition, tenant, id, period, tries);
        }
        return settled || tries == 1 ? answer : settled(partition, tenant, id, period, tries - 1);
    }

    private Horizon horizon(int partition) {
        return Horizon.decode(reads.get(partition, Horizon.KEY));
    }

    private Answer<CustomerUsage> read(
            int partition, String tenant, String id, Horizon.Span span, List<Progress> before, Instant current) {
        boolean counted = reads.get(partition, HotCustomer.key(tenant, id)) != null;
        if (!counted && !isCustomer.test(tenant, id)) {
            return new Answer.NotFound<>();
        }
        List<MeterUsage> meters =
                new CustomerReader(reads).meters(partition, tenant, id, Piece.cut(span.from(), span.to()));
        Sums all = meters.stream().map(MeterUsage::sums).reduce(Sums.NONE, Sums::plus);
        var freshness = new Freshness(current, List.of(), Position.of(before).token());
        return new Answer.Found<>(
                new CustomerUsage(id, Minutes.period(span), CustomerReader.requests(meters), all, meters, freshness));
    }

    @Override
    public Answer<UsageByCustomer> byCustomer(String tenant, Period period, ByCustomerQuery query, Wait wait) {
        while (true) {
            var missing = new ArrayList<Integer>();
            var read = new ArrayList<Progress>();
            Horizon horizon = look(read, missing);
            if (missing.size() == partitions) {
                return new Answer.NotReady<>(Reason.MOVING, "no partition is served here now");
            }
            Instant current = asOf.of(read);
            Horizon.Span span = horizon.widen(Minutes.of(period));
            Scanned customers = scan(tenant, query, Piece.cut(span.from(), span.to()), missing);
            // A page purged meanwhile would read as one that never was.
            if (look(new ArrayList<>(), new ArrayList<>()).equals(horizon)) {
                var freshness = new Freshness(
                        current,
                        missing.stream().sorted().toList(),
                        Position.of(read).token());
                return named(tenant, Ranking.of(customers, query, Minutes.period(span), freshness));
            }
        }
    }

    /** How far every partition is that can be read now, and up to where any of them is purged. */
    private Horizon look(List<Progress> read, List<Integer> missing) {
        Horizon horizon = Horizon.NONE;
        for (int partition = 0; partition < partitions; partition++) {
            try {
                read.addAll(progress.of(partition));
                horizon = horizon.and(horizon(partition));
            } catch (NotServed e) {
                missing.add(partition);
            }
        }
        return horizon;
    }

    /** What all partitions but the missing ones hold; a partition that goes away while it is read goes missing. */
    private Scanned scan(String tenant, ByCustomerQuery query, List<Piece> pieces, List<Integer> missing) {
        var reader = new TenantReader(reads);
        Scanned all = Scanned.nothing();
        for (int partition = 0; partition < partitions; partition++) {
            if (!missing.contains(partition)) {
                try {
                    all = all.and(reader.customers(partition, tenant, query, pieces));
                } catch (NotServed e) {
                    missing.add(partition);
                }
            }
        }
        return all;
    }

    private Answer<UsageByCustomer> named(String tenant, Answer<UsageByCustomer> answer) {
        return answer instanceof Answer.Found<UsageByCustomer> found
                ? new Answer.Found<>(found.value()
                        .with(new Names(reads, partitions)
                                .of(tenant, found.value().rows())))
                : answer;
    }
}
