package io.tidemark.streams.pages;

import io.tidemark.schemas.EventKey;
import io.tidemark.streams.customers.KnownCustomer;
import io.tidemark.streams.hot.HotReads;
import io.tidemark.streams.hot.HotReads.NotServed;
import io.tidemark.streams.reading.UsageByCustomer.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Says who the customers of some rows are, out of the tables beside their usage: one look-up for each partition. */
final class Names {
    private final HotReads reads;
    private final int partitions;

    Names(HotReads reads, int partitions) {
        this.reads = reads;
        this.partitions = partitions;
    }

    List<Row> of(String tenant, List<Row> rows) {
        var named = new ArrayList<>(rows);
        IntStream.range(0, rows.size())
                .boxed()
                .collect(Collectors.groupingBy(
                        row -> new EventKey(tenant, rows.get(row).externalId()).partition(partitions)))
                .forEach((partition, some) -> name(tenant, partition, some, named));
        return named;
    }

    private void name(String tenant, int partition, List<Integer> some, List<Row> named) {
        List<String> customers =
                some.stream().map(row -> named.get(row).externalId()).toList();
        List<Optional<KnownCustomer>> known;
        try {
            known = KnownCustomer.of(reads, partition, tenant, customers);
        } catch (NotServed e) {
            // It went away after it was summed: the sums are good, and a name is better missing than waited for.
            return;
        }
        for (int i = 0; i < some.size(); i++) {
            int row = some.get(i);
            known.get(i).ifPresent(one -> named.set(row, named.get(row).called(one.id(), one.name())));
        }
    }
}
