package io.tidemark.benchmarks.contestants;

import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import io.tidemark.benchmarks.course.Counted;
import io.tidemark.benchmarks.course.Tally;
import io.tidemark.benchmarks.measuring.Lane;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.KGroupedStream;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.TimeWindows;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;

/** Repeats dropped, then a tumbling window of each minute, hour and day, and each customer in all. */
final class NaiveTopology {
    /** Events come in any order within 30 days. */
    private static final Duration LATE = Duration.ofDays(31);

    private final Lane lane;
    private final LongAdder duplicates = new LongAdder();

    NaiveTopology(Lane lane) {
        this.lane = lane;
    }

    Topology build() {
        var builder = new StreamsBuilder();
        builder.addStateStore(Stores.windowStoreBuilder(
                Stores.persistentWindowStore(NaiveDedupe.STORE, LATE, NaiveDedupe.WINDOW, false),
                Serdes.String(),
                Serdes.Long()));
        KStream<String, GenericRecord> events = builder.stream(
                lane.course().topic(),
                Consumed.with(Serdes.String(), avro())
                        .withTimestampExtractor((record, partition) -> NaiveTotals.occurredMillis(record.value())));
        KGroupedStream<String, GenericRecord> unique = events.processValues(
                        () -> new NaiveDedupe(duplicates), NaiveDedupe.STORE)
                .groupByKey(Grouped.with(Serdes.String(), avro()));
        sum(unique, "minutes", Duration.ofMinutes(1));
        sum(unique, "hours", Duration.ofHours(1));
        sum(unique, "days", Duration.ofDays(1));
        unique.aggregate(
                NaiveTotals::none,
                (key, event, sums) -> NaiveTotals.plus(sums, event),
                Materialized.<String, GenericRecord, org.apache.kafka.streams.state.KeyValueStore<Bytes, byte[]>>as(
                                "customers")
                        .withKeySerde(Serdes.String())
                        .withValueSerde(avro()));
        return builder.build();
    }

    private void sum(KGroupedStream<String, GenericRecord> events, String store, Duration window) {
        events.windowedBy(TimeWindows.ofSizeAndGrace(window, LATE))
                .aggregate(
                        NaiveTotals::none,
                        (key, event, sums) -> NaiveTotals.plus(sums, event),
                        Materialized.<String, GenericRecord, WindowStore<Bytes, byte[]>>as(store)
                                .withKeySerde(Serdes.String())
                                .withValueSerde(avro()));
    }

    @SuppressWarnings({"unchecked", "rawtypes", "resource"}) // Confluent's speak of Object; closed with the streams.
    private Serde<GenericRecord> avro() {
        Serde<Object> serde = Serdes.serdeFrom(new KafkaAvroSerializer(), new KafkaAvroDeserializer());
        serde.configure(Map.of("schema.registry.url", lane.registry()), false);
        return (Serde) serde;
    }

    Counted counted(KafkaStreams streams) {
        return new Counted(duplicates.sum(), all(streams, "minutes"), all(streams, "hours"), all(streams, "days"));
    }

    private static Tally all(KafkaStreams streams, String store) {
        var windows = streams.store(
                StoreQueryParameters.fromNameAndType(store, QueryableStoreTypes.<String, GenericRecord>windowStore()));
        Tally sum = Tally.NONE;
        try (var entries = windows.all()) {
            while (entries.hasNext()) {
                sum = sum.plus(NaiveTotals.tally(entries.next().value));
            }
        }
        return sum;
    }
}
