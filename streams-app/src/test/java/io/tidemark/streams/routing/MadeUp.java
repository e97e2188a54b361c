package io.tidemark.streams.routing;

import io.tidemark.schemas.EventKey;
import io.tidemark.streams.event.Coordinates;
import io.tidemark.streams.event.Source;
import io.tidemark.streams.reading.Answer;
import io.tidemark.streams.reading.ByCustomerQuery;
import io.tidemark.streams.reading.CustomerUsage;
import io.tidemark.streams.reading.Freshness;
import io.tidemark.streams.reading.HeldUsage;
import io.tidemark.streams.reading.Period;
import io.tidemark.streams.reading.Position;
import io.tidemark.streams.reading.RowOrder;
import io.tidemark.streams.reading.Sums;
import io.tidemark.streams.reading.UsageByCustomer;
import io.tidemark.streams.reading.UsageByCustomer.Row;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Customers and what they used, made up; answers questions about them by brute force, of all or of some partitions. */
final class MadeUp implements HeldUsage {
    static final int PARTITIONS = 12;
    static final Instant AS_OF = Instant.parse("2026-10-20T12:00:00Z");
    static final Period PERIOD =
            new Period(Instant.parse("2026-10-01T00:00:00Z"), Instant.parse("2026-10-02T00:01:00Z"));

    private final Map<String, Sums> customers = new TreeMap<>();
    /** Of each partition, how much wider than asked its answers are. */
    private final Map<Integer, Integer> widening = new TreeMap<>();

    final Set<Integer> missing = new TreeSet<>();
    int calls;

    MadeUp(Random random, int count, List<String> currencies) {
        for (int i = 0; i < count; i++) {
            var cost = new TreeMap<String, BigDecimal>();
            currencies.forEach(currency -> {
                if (random.nextInt(3) > 0) {
                    cost.put(currency, BigDecimal.valueOf(random.nextInt(50) - 10, 1));
                }
            });
            customers.put(
                    "c" + i,
                    new Sums(
                            random.nextInt(5),
                            BigInteger.valueOf(random.nextInt(9)),
                            BigInteger.ZERO,
                            BigInteger.ONE,
                            BigInteger.TWO,
                            BigDecimal.valueOf(random.nextInt(30)),
                            BigDecimal.valueOf(random.nextInt(7), 2),
                            cost));
        }
    }

    /** That partition's answers begin a day earlier for each. */
    void widens(int partition, int days) {
        widening.put(partition, days);
    }

    static int partitionOf(String customer) {
        return new EventKey("acme", customer).partition(PARTITIONS);
    }

    @Override
    public Answer<CustomerUsage> ofCustomer(CustomerQuestion question) {
        calls++;
        int partition = partitionOf(question.externalId());
        if (missing.contains(partition)) {
            return new Answer.NotReady<>(Answer.Reason.MOVING, "not here");
        }
        Sums sums = customers.get(question.externalId());
        return sums == null
                ? new Answer.NotFound<>()
                : new Answer.Found<>(new CustomerUsage(
                        question.externalId(),
                        question.period(),
                        sums.count(),
                        sums,
                        List.of(),
                        fresh(Set.of(partition))));
    }

    private Freshness fresh(Set<Integer> partitions) {
        var missed = new TreeSet<>(partitions);
        missed.retainAll(missing);
        var has = new TreeSet<>(partitions);
        has.removeAll(missing);
        var position = new Position(has.stream()
                .map(partition -> new Coordinates(Source.REQUESTS, partition, 100 + partition))
                .toList());
        return new Freshness(AS_OF.minusSeconds(has.isEmpty() ? 0 : has.last()), List.copyOf(missed), position.token());
    }

    @Override
    public Answer<UsageByCustomer> byCustomer(PartQuestion question) {
        calls++;
        var held = new TreeSet<>(question.partitions());
        held.removeAll(missing);
        if (held.isEmpty()) {
            return new Answer.NotReady<>(Answer.Reason.MOVING, "not here");
        }
        int days = held.stream()
                .mapToInt(partition -> widening.getOrDefault(partition, 0))
                .max()
                .orElse(0);
        Instant from = PERIOD.from().minusSeconds(86_400L * days);
        Instant asked = question.period().from();
        return new Answer.Found<>(page(
                held,
                question.query(),
                new Period(
                        asked.isBefore(from) ? asked : from, question.period().to()),
                fresh(question.partitions())));
    }

    /** The whole truth about some partitions. */
    UsageByCustomer page(Set<Integer> partitions, ByCustomerQuery query, Period period, Freshness freshness) {
        var all = new TreeMap<String, Sums>();
        customers.forEach((customer, sums) -> {
            if (partitions.contains(partitionOf(customer))) {
                all.put(customer, sums);
            }
        });
        Sums totals = all.values().stream().reduce(Sums.NONE, Sums::plus);
        RowOrder order = RowOrder.of(query, totals);
        var rows = new ArrayList<Row>();
        all.forEach((customer, sums) -> rows.add(new Row(
                customer, Optional.empty(), Optional.empty(), sums.count(), sums, order.value(sums, sums.count()))));
        rows.removeIf(
                row -> query.after().filter(end -> !order.isAfter(row, end)).isPresent());
        rows.sort(order);
        return new UsageByCustomer(
                period,
                order.sortBy(),
                rows.subList(0, Math.min(query.limit(), rows.size())),
                totals,
                totals.count(),
                order.value(totals, totals.count()),
                all.size(),
                partitions.size(),
                rows.size() > query.limit(),
                freshness);
    }
}
