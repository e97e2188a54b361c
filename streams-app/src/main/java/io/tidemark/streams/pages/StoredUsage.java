package io.tidemark.streams.pages;

import io.tidemark.schemas.EventKey;
import io.tidemark.streams.accounts.StoredProgress;
import io.tidemark.streams.customers.HotCustomer;
import io.tidemark.streams.hot.HotReads;
import io.tidemark.streams.hot.HotReads.NotServed;
import io.tidemark.streams.reading.Answer;
import io.tidemark.streams.reading.Answer.Reason;
import io.tidemark.streams.reading.ByCustomerQuery;
import io.tidemark.streams.reading.CustomerUsage;
import io.tidemark.streams.reading.Explanation;
import io.tidemark.streams.reading.Freshness;
import io.tidemark.streams.reading.HeldUsage;
import io.tidemark.streams.reading.ManyHands;
import io.tidemark.streams.reading.MeterUsage;
import io.tidemark.streams.reading.Period;
import io.tidemark.streams.reading.Proven;
import io.tidemark.streams.reading.Sums;
import io.tidemark.streams.reading.UsageByCustomer;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.IntFunction;

/**
 * Reads usage out of the pages of this instance's partitions and copies. Does not wait: that is {@code reading}'s.
 *
 * <p>Freshness is taken before the pages are read, so an answer holds at least what it says.
 */
public final class StoredUsage implements HeldUsage {
    private static final int TRIES = 3;

    private final HotReads reads;
    private final StoredProgress progress;
    private final IntFunction<Proven> proven;
    private final int partitions;
    private final BiPredicate<String, String> isCustomer;
    private final ManyHands hands;

    /**
     * @param proven what is known of a partition's freshness, before it is read
     * @param isCustomer whether a tenant has a customer, by external id: what it used is nothing then, and not unknown
     * @param hands who else reads, where there is much to read
     */
    public StoredUsage(
            HotReads reads,
            StoredProgress progress,
            IntFunction<Proven> proven,
            int partitions,
            BiPredicate<String, String> isCustomer,
            ManyHands hands) {
        this.reads = reads;
        this.progress = progress;
        this.proven = proven;
        this.partitions = partitions;
        this.isCustomer = isCustomer;
        this.hands = hands;
    }

    @Override
    public Answer<CustomerUsage> ofCustomer(CustomerQuestion asked) {
        int partition = new EventKey(asked.tenant(), asked.externalId()).partition(partitions);
        try {
            return settled(partition, asked, TRIES);
        } catch (NotServed e) {
            return new Answer.NotReady<>(Reason.MOVING, String.valueOf(e.getMessage()));
        }
    }

    /** Reads again when a flush was seen to come between; at the last try the pages may be of two moments. */
    private Answer<CustomerUsage> settled(int partition, CustomerQuestion asked, int tries) {
        Outset before = look(partition);
        Answer<CustomerUsage> answer = read(partition, asked, before);
        Outset after = look(partition);
        // A page purged meanwhile would read as one that never was, and after a move there may be less than was
        // claimed:
        // that must not be left to the number of tries.
        if (!after.isWhereItWas(before)) {
            return settled(partition, asked, tries);
        }
        boolean settled = after.position().equals(before.position());
        return settled || tries == 1 ? answer : settled(partition, asked, tries - 1);
    }

    private Outset look(int partition) {
        return Outset.of(reads, progress, proven, partition);
    }

    private Answer<CustomerUsage> read(int partition, CustomerQuestion asked, Outset before) {
        String tenant = asked.tenant();
        String id = asked.externalId();
        boolean counted = reads.get(partition, HotCustomer.key(tenant, id)) != null;
        if (!counted && !isCustomer.test(tenant, id)) {
            return new Answer.NotFound<>();
        }
        Horizon.Span span = before.horizon().widen(Minutes.of(asked.period()));
        var used = new PagesUsed();
        var reader = asked.explain() ? new CustomerReader(reads, used) : new CustomerReader(reads);
        List<MeterUsage> meters = reader.meters(partition, tenant, id, Piece.cut(span.from(), span.to()));
        Sums all = meters.stream().map(MeterUsage::sums).reduce(Sums.NONE, Sums::plus);
        var freshness =
                new Freshness(before.asOf(), List.of(), before.position().token());
        return new Answer.Found<>(new CustomerUsage(
                id,
                Minutes.period(span),
                CustomerReader.requests(meters),
                all,
                meters,
                freshness,
                asked.explain() ? Optional.of(explanation(asked.period(), used, before)) : Optional.empty()));
    }

    private Explanation explanation(Period asked, PagesUsed used, Outset before) {
        List<Explanation.Handled> handled = before.position().parts().stream()
                .map(part -> new Explanation.Handled(progress.topic(part.topic()), part.partition(), part.offset()))
                .toList();
        return new Explanation(
                asked,
                used.listed(),
                used.beyond(),
                handled,
                before.horizon().since(Granularity.HOUR),
                before.horizon().since(Granularity.DAY));
    }

    @Override
    public Answer<UsageByCustomer> byCustomer(PartQuestion asked) {
        while (true) {
            var before = new Outsets(asked.partitions(), this::look);
            if (before.readable().isEmpty()) {
                return new Answer.NotReady<>(Reason.MOVING, "no partition is served here now");
            }
            Horizon.Span span = before.horizon().widen(Minutes.of(asked.period()));
            List<Ranking> rankings = rankings(asked.tenant(), asked.query(), Piece.cut(span.from(), span.to()), before);
            // A page purged meanwhile would read as one that never was; after a move there may be less than was
            // claimed.
            if (before.areStill(new Outsets(asked.partitions(), this::look))) {
                return named(
                        asked.tenant(),
                        Ranking.page(rankings, asked.query(), Minutes.period(span), before.freshness()));
            }
        }
    }

    /** Those of these partitions; one that goes away while it is read is taken from them. */
    private List<Ranking> rankings(String tenant, ByCustomerQuery query, List<Piece> pieces, Outsets looked) {
        var reader = new TenantReader(reads);
        List<Integer> partitions = looked.readable();
        List<Optional<Ranking>> read = hands.each(partitions, partition -> {
            try {
                return Optional.of(reader.customers(partition, tenant, query, pieces));
            } catch (NotServed e) {
                return Optional.empty();
            }
        });
        for (int i = 0; i < read.size(); i++) {
            if (read.get(i).isEmpty()) {
                looked.wentMissing(partitions.get(i));
            }
        }
        return read.stream().flatMap(Optional::stream).toList();
    }

    private Answer<UsageByCustomer> named(String tenant, UsageByCustomer page) {
        return new Answer.Found<>(page.with(new Names(reads, partitions).of(tenant, page.rows())));
    }
}
