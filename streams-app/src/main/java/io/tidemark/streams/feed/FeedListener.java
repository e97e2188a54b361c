package io.tidemark.streams.feed;

import io.tidemark.events.UsageTotals;
import io.tidemark.schemas.EventKey;
import io.tidemark.schemas.PublicRecords;
import io.tidemark.schemas.Topics;
import io.tidemark.streams.MeteringSettings;
import io.tidemark.streams.reading.Position;
import io.tidemark.streams.tables.TopicTable;
import java.time.Duration;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Hears {@code usage-feed} while somebody listens. */
public final class FeedListener implements UsageChanges {
    /** So many bytes of changes are held; beyond it, who comes again after long hears everything anew. */
    private static final long MOST_BYTES = 48L << 20;

    /** Of each partition; who comes here from another instance mostly goes on where it was. */
    private static final long BACK = 2_000;

    /** A record's object, its names and its places in the maps. */
    private static final int OVERHEAD = 400;

    private final MeteringSettings settings;
    private final String topic;
    private final PublicRecords<GenericRecord> records = PublicRecords.generic(UsageTotals.getClassSchema());
    private @Nullable TopicTable table;
    private volatile RecentChanges changes = new RecentChanges(MOST_BYTES);

    public FeedListener(MeteringSettings settings) {
        this.settings = settings;
        topic = Topics.withPrefix(settings.topicPrefix()).usageFeed().name();
    }

    @Override
    public boolean areTold() {
        return !settings.feedInterval().isZero();
    }

    @Override
    public boolean listen(Duration atMost) throws InterruptedException {
        return listening().awaitCaughtUp(atMost);
    }

    private synchronized TopicTable listening() {
        TopicTable now = table;
        if (now == null) {
            var heard = new RecentChanges(MOST_BYTES);
            changes = heard;
            now = TopicTable.latestOf(settings, topic, rows(heard), BACK);
            table = now;
        }
        return now;
    }

    private TopicTable.Rows rows(RecentChanges heard) {
        return new TopicTable.Rows() {
            @Override
            public void take(ConsumerRecord<byte[], byte[]> row) {
                change(row).ifPresent(heard::take);
            }

            @Override
            public void upTo(int partition, long offset) {
                heard.upTo(partition, offset);
            }
        };
    }

    /** Everybody may write to a topic: what is no customer's month is none. */
    private Optional<Change> change(ConsumerRecord<byte[], byte[]> row) {
        Optional<EventKey> key = EventKey.parse(row.key());
        String name = key.map(EventKey::externalId).orElse("");
        Optional<YearMonth> month = FeedRecord.month(name);
        byte[] value = row.value();
        Headers headers = row.headers();
        return month.map(known -> new Change(
                key.orElseThrow().tenant(),
                FeedRecord.customer(name),
                known,
                row.partition(),
                row.offset(),
                OVERHEAD + row.key().length + (value == null ? 0 : value.length),
                value == null,
                () -> usage(value, headers)));
    }

    private synchronized Optional<MonthUsage> usage(byte @Nullable [] value, Headers headers) {
        return value == null ? Optional.empty() : records.decode(value, headers).map(FeedRecord::usage);
    }

    @Override
    public void rest() {
        TopicTable ended;
        synchronized (this) {
            ended = table;
            table = null;
            changes = new RecentChanges(MOST_BYTES);
        }
        if (ended != null) {
            ended.close();
        }
    }

    @Override
    public ChangeCursor now() {
        return changes.now();
    }

    @Override
    public Optional<String> position() {
        List<Position> told = changes.newest().stream()
                .flatMap(change -> change.usage().stream())
                .flatMap(usage -> Position.parse(usage.position()).stream())
                .toList();
        return told.isEmpty()
                ? Optional.empty()
                : Optional.of(Position.ofAll(told).token());
    }

    @Override
    public Optional<ChangeCursor> at(String tenant, String token, Duration atMost) throws InterruptedException {
        return changes.at(tenant, token, atMost);
    }

    @Override
    public Optional<Heard> after(ChangeCursor place, String tenant, Optional<String> customer, int most) {
        return changes.after(place, tenant, customer, most);
    }

    @Override
    public void close() {
        rest();
    }
}
