package io.tidemark.streams.intake;

import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import io.tidemark.benchmarks.SampleEvents;
import io.tidemark.events.RequestEvent;
import io.tidemark.events.UsageEvent;
import io.tidemark.streams.MeteringSettings.TimeRule;
import io.tidemark.streams.event.EventKind;
import io.tidemark.streams.event.Origin;
import io.tidemark.streams.event.Progress;
import io.tidemark.streams.event.Received;
import io.tidemark.streams.event.Source;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The same bytes read by Confluent's deserializer and by our own reader. In the package of {@code intake}, because its
 * reader is nobody else's business, and a door made for a benchmark would be one for everybody.
 *
 * <p>Not quite the same work: Confluent's makes a record of every field; ours makes texts and numbers of those that are
 * judged or counted, and folds the others into a content hash.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DecodeBenchmark {
    @Param({"REQUEST", "USAGE"})
    private EventKind kind = EventKind.REQUEST;

    private final KafkaAvroDeserializer specific = confluent(true);
    private final KafkaAvroDeserializer generic = confluent(false);
    private byte[] bytes = {};
    private String topic = SampleEvents.TOPIC;
    private EventReader reader = EventReader.of(RequestEvent.getClassSchema(), EventKind.REQUEST);
    private Intake intake = intake(RequestEvent.getClassSchema());
    private Received received = received(bytes, kind);

    private static KafkaAvroDeserializer confluent(boolean specific) {
        var deserializer = new KafkaAvroDeserializer();
        deserializer.configure(
                Map.of("schema.registry.url", SampleEvents.REGISTRY, "specific.avro.reader", specific), false);
        return deserializer;
    }

    private static Intake intake(Schema writer) {
        var known = new WriterSchemas.Lookup.Known(writer);
        return new Intake(id -> known, TimeRule.DEFAULT, tenant -> true);
    }

    private static Received received(byte[] value, EventKind kind) {
        var source = kind == EventKind.REQUEST ? Source.REQUESTS : Source.USAGE;
        var origin = new Origin(source, 0, 0, SampleEvents.appendedAt());
        return new Received(0, Progress.none(source, 0), origin, new byte[0], value, false);
    }

    @Setup
    public void encode() {
        var event = kind == EventKind.REQUEST ? SampleEvents.request() : SampleEvents.usage();
        Schema schema = kind == EventKind.REQUEST ? RequestEvent.getClassSchema() : UsageEvent.getClassSchema();
        topic = SampleEvents.TOPIC + "-" + schema.getName();
        bytes = SampleEvents.onTheWire(event);
        reader = EventReader.of(schema, kind);
        intake = intake(schema);
        received = received(bytes, kind);
        System.out.println(
                kind + ": " + bytes.length + " bytes; " + intake.judge(received).fate());
    }

    @Benchmark
    public Object confluentSpecific() {
        return specific.deserialize(topic, bytes);
    }

    @Benchmark
    public Object confluentGeneric() {
        return generic.deserialize(topic, bytes);
    }

    @Benchmark
    public Object ours() {
        return reader.read(bytes);
    }

    /** Read, judged by every rule, and made an event of its own: all that {@code intake} does. */
    @Benchmark
    public Object oursJudged() {
        return intake.judge(received);
    }
}
