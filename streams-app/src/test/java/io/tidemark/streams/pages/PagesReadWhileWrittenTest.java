package io.tidemark.streams.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.streams.MeteringSettings.PageCache;
import io.tidemark.streams.MeteringSettings.PageCache.Form;
import io.tidemark.streams.customers.HotCustomer;
import io.tidemark.streams.event.Event;
import io.tidemark.streams.hot.BytesOut;
import io.tidemark.streams.hot.Entries;
import io.tidemark.streams.hot.HotReads;
import io.tidemark.streams.hot.HotStore;
import io.tidemark.streams.reading.ByCustomerQuery;
import io.tidemark.streams.reading.ByCustomerQuery.SortBy;
import io.tidemark.streams.reading.Freshness;
import io.tidemark.streams.reading.Sums;
import io.tidemark.streams.reading.UsageByCustomer.Row;
import io.tidemark.streams.reading.UsageSeries;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A store is read while a commit, or what a copy gets of it, arrives record by record, and more of it between one look-up and the next. Each answer has
 * all that progress said before, and no event twice: each event is a bit of the quantity.
 */
@NullMarked
class PagesReadWhileWrittenTest {
    private static final int EVENTS = 60;
    private static final int SEEDS = 40;
    private static final int READS = 120;
    private static final long BEGIN = 20_600 * 1_440L + 600;
    private static final String CUSTOMER = "c";
    private static final ByCustomerQuery ALL = new ByCustomerQuery(
            Optional.of(SortBy.EXTERNAL_ID), false, Optional.empty(), Optional.empty(), true, 10, Optional.empty());

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource(Form.class)
    void haveWhatWasPromisedAndNothingTwice(Form form) {
        int halfWritten = 0;
        for (long seed = 1; seed <= SEEDS; seed++) {
            halfWritten += wrong(new Written(form, seed), seed, false).seenHalfWritten;
        }
        assertThat(halfWritten).as("of the reads").isGreaterThan(SEEDS);
    }

    /** The control: who opens the finer pages first misses what goes there meanwhile. */
    @Test
    void wouldBeMissedByWhoReadsTheFinestFirst() {
        int wrong = 0;
        for (long seed = 1; seed <= SEEDS; seed++) {
            wrong += wrong(new Written(Form.DECODED, seed), seed, true).wrong;
        }
        assertThat(wrong).isPositive();
    }

    private record Found(int wrong, int seenHalfWritten) {}

    private static Found wrong(Written written, long seed, boolean finestFirst) {
        var random = new Random(seed);
        int wrong = 0;
        int half = 0;
        for (int i = 0; i < READS; i++) {
            var reads = new Growing(written.records, random, finestFirst);
            long promised = Hot.progress(reads.now);
            half += Hot.counted(reads.now) > promised ? 1 : 0;
            long from = BEGIN + random.nextInt(1_500) - 100;
            long to = from + 1 + random.nextInt(1_600);
            var bounds = new long[] {from, from + (to - from) / 2, to};
            for (Answered answered : List.of(ofOne(reads, from, to), ofAll(reads, from, to))) {
                wrong += written.isRight(answered, from, to, promised) ? 0 : 1;
            }
            for (Optional<String> customer : List.of(Optional.of(CUSTOMER), Optional.<String>empty())) {
                List<Answered> windows = windows(reads, customer, bounds);
                for (int w = 0; w < windows.size(); w++) {
                    wrong += written.isRight(windows.get(w), bounds[w], bounds[w + 1], promised) ? 0 : 1;
                }
            }
            if (!finestFirst) {
                assertThat(wrong).as("seed %d, read %d", seed, i).isZero();
            }
        }
        return new Found(wrong, half);
    }

    private record Answered(long count, long bits) {
        static Answered of(Sums sums) {
            return new Answered(sums.count(), sums.quantity().movePointRight(9).longValueExact());
        }
    }

    private static Answered ofOne(Growing reads, long from, long to) {
        return new CustomerReader(reads)
                .meters(0, Hot.TENANT, CUSTOMER, Piece.cut(from, to)).stream()
                        .map(meter -> Answered.of(meter.sums()))
                        .findFirst()
                        .orElse(new Answered(0, 0));
    }

    private static Answered ofAll(Growing reads, long from, long to) {
        Ranking ranking = new TenantReader(reads).customers(0, Hot.TENANT, ALL, Piece.cut(from, to));
        List<Row> rows = Ranking.page(
                        List.of(ranking),
                        ALL,
                        Minutes.period(new Horizon.Span(from, to)),
                        new Freshness(Instant.EPOCH, List.of(), ""))
                .rows();
        return rows.isEmpty() ? new Answered(0, 0) : Answered.of(rows.get(0).sums());
    }

    private static List<Answered> windows(Growing reads, Optional<String> customer, long[] bounds) {
        var asked = new UsageSeries.Asked(
                Hot.TENANT,
                customer,
                true,
                IntStream.range(0, bounds.length)
                        .mapToObj(i -> Minutes.instant(bounds[i]))
                        .toList());
        return new SeriesReader(reads)
                .read(asked, 0).windows().stream()
                        .map(meters -> meters.stream()
                                .map(meter -> Answered.of(meter.sums()))
                                .findFirst()
                                .orElse(new Answered(0, 0)))
                        .toList();
    }

    /** Events of a day or two, some of them close together, and what the task logged for them, in its order. */
    private final class Written {
        private final List<Event> events = new ArrayList<>();
        private final List<KeyValue<Bytes, byte @Nullable []>> records = new ArrayList<>();

        Written(Form form, long seed) {
            var random = new Random(seed);
            var settings = new PageCache(form, random.nextBoolean() ? 1L << 20 : 1_000);
            try (var hot = new Hot(directory.resolve(form + "-" + seed + "-" + System.nanoTime()), settings)) {
                for (int i = 0; i < EVENTS; i++) {
                    long minute = BEGIN + (random.nextInt(3) == 0 ? random.nextInt(1_440) : random.nextInt(20));
                    Event event = Hot.event(CUSTOMER, minute, 1L << i);
                    events.add(event);
                    hot.add(event);
                    if (random.nextInt(6) == 0) {
                        hot.commit();
                    }
                }
                hot.commit();
                for (TestRecord<byte[], byte[]> record : hot.records()) {
                    records.add(new KeyValue<>(Bytes.wrap(record.key()), record.value()));
                }
            }
        }

        boolean isRight(Answered answered, long from, long to, long promised) {
            long all = 0;
            long least = 0;
            for (int i = 0; i < events.size(); i++) {
                long minute = Minutes.of(events.get(i));
                if (minute >= from && minute < to) {
                    all |= 1L << i;
                    least |= i < promised ? 1L << i : 0;
                }
            }
            return (answered.bits & ~all) == 0
                    && (least & ~answered.bits) == 0
                    && Long.bitCount(answered.bits) == answered.count;
        }
    }

    /** A store that has some of the records, and before each look-up may get more of them. */
    private static final class Growing implements HotReads {
        private final TreeMap<Bytes, byte[]> now = new TreeMap<>();
        private final List<KeyValue<Bytes, byte @Nullable []>> records;
        private final Random random;
        private final boolean finestFirst;
        private int arrived;

        Growing(List<KeyValue<Bytes, byte @Nullable []>> records, Random random, boolean finestFirst) {
            this.records = records;
            this.random = random;
            this.finestFirst = finestFirst;
            now.put(HotCustomer.key(Hot.TENANT, CUSTOMER), new byte[] {1});
            now.put(
                    new BytesOut()
                            .raw(HotStore.SERIES)
                            .terminated(Hot.TENANT)
                            .terminated(CUSTOMER)
                            .raw(Hot.event(CUSTOMER, BEGIN, 1).kind().code())
                            .terminated("storage")
                            .terminated("")
                            .raw(new byte[3])
                            .toKey(),
                    new byte[] {1});
            arrive(random.nextInt(records.size()));
        }

        private void arrive(int more) {
            for (int end = Math.min(records.size(), arrived + more); arrived < end; arrived++) {
                KeyValue<Bytes, byte @Nullable []> record = records.get(arrived);
                byte[] value = record.value;
                if (value == null) {
                    now.remove(record.key);
                } else {
                    now.put(record.key, value);
                }
            }
        }

        private void perhapsArrive() {
            if (random.nextInt(3) == 0) {
                arrive(random.nextInt(8));
            }
        }

        @Override
        public List<byte @Nullable []> get(int partition, List<Bytes> keys) {
            var values = new ArrayList<byte @Nullable []>();
            for (Bytes key : keys) {
                perhapsArrive();
                values.add(now.get(key));
            }
            return values;
        }

        @Override
        public <T> T sideBySide(int partition, List<Range> ranges, Function<List<Entries>, T> read) {
            var opened = new ArrayList<Entries>();
            List<Range> inOrder = new ArrayList<>(ranges);
            if (finestFirst) {
                Collections.reverse(inOrder);
            }
            for (Range range : inOrder) {
                perhapsArrive();
                List<KeyValue<Bytes, byte[]>> found = new ArrayList<>();
                scan(
                        partition,
                        range.from(),
                        range.to(),
                        (key, value) -> found.add(KeyValue.pair(Bytes.wrap(key), value)));
                opened.add(Entries.of(found.iterator()));
            }
            if (finestFirst) {
                Collections.reverse(opened);
            }
            return read.apply(opened);
        }

        @Override
        public void scan(int partition, Bytes from, Bytes to, BiConsumer<byte[], byte[]> entry) {
            scanWhile(partition, from, to, (key, value) -> {
                entry.accept(key, value);
                return true;
            });
        }

        @Override
        public void scanWhile(int partition, Bytes from, Bytes to, BiPredicate<byte[], byte[]> entry) {
            for (Map.Entry<Bytes, byte[]> one : now.subMap(from, true, to, true).entrySet()) {
                if (!entry.test(one.getKey().get(), one.getValue())) {
                    return;
                }
            }
        }

        @Override
        public List<Integer> partitions() {
            return List.of(0);
        }

        @Override
        public long stay(int partition) {
            return 1;
        }
    }
}
