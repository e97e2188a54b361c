package io.tidemark.streams.feed;

import io.tidemark.schemas.EventKey;
import io.tidemark.streams.MeteringSettings.PageCache;
import io.tidemark.streams.accounts.SourceTopics;
import io.tidemark.streams.accounts.TaskProgress;
import io.tidemark.streams.commits.Pace;
import io.tidemark.streams.customers.RecentSeries;
import io.tidemark.streams.event.Event;
import io.tidemark.streams.event.Outcome;
import io.tidemark.streams.event.Progress;
import io.tidemark.streams.event.Source;
import io.tidemark.streams.hot.BeforeCommit;
import io.tidemark.streams.hot.HotStore;
import io.tidemark.streams.pages.MonthTotals;
import io.tidemark.streams.pages.MovedMonths;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of each customer's month that changed, some time after it did. */
public final class Announce implements Processor<Void, Object, byte[], byte[]> {
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);
    /** What has to wait longer is told once for more events. */
    private static final int MOST_AT_ONCE = 400;
    /** So many times as long changes are gathered while all that comes is old: they would be told again and again. */
    private static final int LONGER_FAR_BEHIND = 30;
    /** Of all those months together: one customer may have thousands of meters. */
    private static final int MOST_SERIES_AT_ONCE = 5_000;
    /** What the topic takes by Kafka's default, less its own framing. */
    static final int LARGEST = 1_000_000;

    private static final String BEFORE_COMMIT = "untold-before-commit";
    private static final Logger LOG = LoggerFactory.getLogger(Announce.class);

    private final Duration interval;
    private final Supplier<OptionalInt> schemaId;
    private final SourceTopics topics;
    private final Pace pace;
    private final TellingTime time;
    private final boolean atCommit;
    private final MonthRecord records = new MonthRecord();
    private ProcessorContext<byte[], byte[]> context;
    private KeyValueStore<Bytes, byte[]> store;
    private RecentSeries recent;
    private Untold untold;
    private LongSupplier now;
    private final Map<Source, Progress> progress = new EnumMap<>(Source.class);

    /**
     * @param interval how long changes of the same month are gathered; zero: nothing is told
     * @param schemaId of the records in the registry; empty while the registry did not say
     * @param time how long the tasks of a thread may tell, the same for all
     * @param form how pages are had: with what holds them past the record cache, what is to be told is written past it too
     */
    public Announce(
            Duration interval,
            Supplier<OptionalInt> schemaId,
            SourceTopics topics,
            Pace pace,
            TellingTime time,
            PageCache.Form form) {
        this.interval = interval;
        this.schemaId = schemaId;
        this.topics = topics;
        this.pace = pace;
        this.time = time;
        atCommit = form == PageCache.Form.DECODED;
    }

    /** The stores that are needed beside the hot one and {@link io.tidemark.streams.customers.Register#recentlySeen}, pages being had in that form. */
    public static StoreBuilder<?>[] stores(PageCache.Form form) {
        return form == PageCache.Form.DECODED
                ? new StoreBuilder<?>[] {BeforeCommit.builder(BEFORE_COMMIT)}
                : new StoreBuilder<?>[0];
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> taskContext) {
        context = taskContext;
        now = taskContext::currentSystemTimeMs;
        store = taskContext.getStateStore(HotStore.NAME);
        recent = RecentSeries.of(taskContext);
        untold = atCommit ? Untold.inBlocks(store, taskContext.getStateStore(BEFORE_COMMIT)) : Untold.each(store);
        TaskProgress.of(store, topics, taskContext.taskId().partition()).forEach(this::note);
        if (!interval.isZero()) {
            taskContext.schedule(LOOK_EVERY, PunctuationType.WALL_CLOCK_TIME, this::tell);
        }
    }

    @Override
    public void process(Record<Void, Object> record) {
        if (record.value() instanceof MovedMonths moved) {
            tellAnew(moved, record.timestamp());
        } else if (record.value() instanceof Outcome outcome) {
            note(outcome.received().progress());
            if (!interval.isZero() && outcome instanceof Outcome.Accepted accepted) {
                Event event = accepted.event();
                untold.changed(new Untold.Month(event.tenant(), event.customer(), MonthTotals.monthOf(event)), now);
            }
        }
    }

    /** It goes on changing: between two records it is how far the task is. */
    private void note(Progress ofSource) {
        progress.put(ofSource.source(), ofSource);
    }

    /** What was told under the external id of a customer that was erased is taken back, and told under its pseudonym. */
    private void tellAnew(MovedMonths moved, long timestamp) {
        for (int number : moved.months()) {
            var month = new Untold.Month(moved.tenant(), moved.was(), number);
            untold.told(month);
            context.forward(MonthRecord.gone(month, timestamp));
            if (!interval.isZero()) {
                untold.changed(new Untold.Month(moved.tenant(), moved.as(), number), now);
            }
        }
    }

    private void tell(long at) {
        long gathered = interval.toMillis() * (pace.isFarBehind(at) ? LONGER_FAR_BEHIND : 1);
        List<Untold.Month> due = untold.changedBy(at - gathered, at, MOST_AT_ONCE);
        OptionalInt schema = due.isEmpty() ? OptionalInt.empty() : schemaId.get();
        if (schema.isEmpty()) {
            return;
        }
        records.begin(List.copyOf(progress.values()), schema.getAsInt(), at);
        time.begin(pace.isBusy(at));
        int series = 0;
        for (Untold.Month month : due) {
            var totals = MonthTotals.of(
                    store,
                    month.tenant(),
                    month.customer(),
                    month.month(),
                    recent.of(month.tenant(), month.customer()));
            tell(month, records.of(month, totals));
            series += totals.size();
            if (series > MOST_SERIES_AT_ONCE || time.isOver()) {
                break;
            }
        }
        time.end();
    }

    /** What the topic would not take stays untold: Kafka Streams would end over it, and again after each restart. */
    private void tell(Untold.Month month, Record<byte[], byte[]> record) {
        if (record.value().length <= LARGEST) {
            context.forward(record);
        } else {
            LOG.error(
                    "a customer's month is too large for usage-feed and is not told: partition={} month={} bytes={}",
                    context.taskId().partition(),
                    MonthTotals.calendar(month.month()),
                    record.value().length);
        }
        untold.told(month);
    }

    /** Places the months of a customer where its usage is: by the key without the month. */
    public static StreamPartitioner<byte[], byte[]> partitioner() {
        return (topic, key, value, partitions) -> Optional.of(Set.of(EventKey.partition(customer(key), partitions)));
    }

    private static byte[] customer(byte[] key) {
        int slash = key.length - 1;
        while (key[slash] != '/') {
            slash--;
        }
        return Arrays.copyOf(key, slash);
    }
}
