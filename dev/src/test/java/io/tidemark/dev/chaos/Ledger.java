package io.tidemark.dev.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Utils;

/** The books in an order in which one can look up how much an answer must hold, and may hold. */
final class Ledger {
    private final Map<String, Shelf> shelves = new HashMap<>();
    private final int partitions;

    /** Events of one topic that lie in one partition or belong to one customer. */
    private static final class Shelf {
        private final List<Long> begun = new ArrayList<>();
        private final List<Long> appended = new ArrayList<>();
        private final List<Long> offsets = new ArrayList<>();
        private long[] begunSorted = {};
        private long[] appendedSorted = {};
        private long[] offsetsSorted = {};

        private void sort() {
            begunSorted = sorted(begun);
            appendedSorted = sorted(appended);
            offsetsSorted = sorted(offsets);
        }

        private static long[] sorted(List<Long> values) {
            return values.stream().mapToLong(Long::longValue).sorted().toArray();
        }
    }

    Ledger(List<Made> all, int partitions) {
        this.partitions = partitions;
        all.stream().filter(Made::counts).forEach(this::enter);
        shelves.values().forEach(Shelf::sort);
    }

    private void enter(Made made) {
        int topic = Sending.topic(made);
        int partition = partition(made.tenant(), made.customer());
        enter(made, partition, shelf(ofCustomer(made.tenant(), made.customer()), topic));
        enter(made, partition, shelf(ofPartition(made.tenant(), partition), topic));
    }

    private static void enter(Made made, int partition, Shelf shelf) {
        shelf.begun.add(made.begunAt());
        made.appends().stream().mapToLong(Made.Append::at).min().ifPresent(shelf.appended::add);
        // What lies in a foreign partition is on its way for a little longer than that partition's position says.
        made.appends().stream()
                .filter(append -> append.partition() == partition)
                .mapToLong(Made.Append::offset)
                .min()
                .ifPresent(shelf.offsets::add);
    }

    private Shelf shelf(String group, int topic) {
        return shelves.computeIfAbsent(topic + ":" + group, any -> new Shelf());
    }

    private Shelf look(String group, int topic) {
        return shelves.getOrDefault(topic + ":" + group, new Shelf());
    }

    static String ofCustomer(String tenant, String customer) {
        return tenant + "/" + customer;
    }

    static String ofPartition(String tenant, int partition) {
        return tenant + "#" + partition;
    }

    int partition(String tenant, String customer) {
        byte[] key = (tenant + "/" + customer).getBytes(UTF_8);
        return Utils.toPositive(Utils.murmur2(key)) % partitions;
    }

    int partitions() {
        return partitions;
    }

    /** How many events of a topic may have been written until then, inclusive. */
    long begunBy(String group, int topic, long millis) {
        return upTo(look(group, topic).begunSorted, millis);
    }

    /** How many were surely appended before that millisecond. */
    long appendedBefore(String group, int topic, long millis) {
        return upTo(look(group, topic).appendedSorted, millis - 1);
    }

    /** How many surely lie in their own partition at that offset or before. */
    long atOrBefore(String group, int topic, long offset) {
        return upTo(look(group, topic).offsetsSorted, offset);
    }

    private static long upTo(long[] sorted, long value) {
        int at = Arrays.binarySearch(sorted, value);
        if (at < 0) {
            return -at - 1L;
        }
        while (at < sorted.length && sorted[at] == value) {
            at++;
        }
        return at;
    }
}
