package io.tidemark.benchmarks.course;

import io.tidemark.events.RequestEvent;
import io.tidemark.events.UsageEvent;
import io.tidemark.schemas.AvroTrust;
import io.tidemark.schemas.EventKey;
import io.tidemark.schemas.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The events of a course, one after the other, as producers would send them; the same for the same seed and time. Adds up what it makes. */
final class CourseEvents {
    private static final int ONE_IN = 100;
    /** A repeat is one of so many that came last. */
    private static final int LAST = 5_000;

    private final String topic;
    private final SplittableRandom random;
    private final Mix mix;
    private final Customers customers;
    private final Instant from;
    private final long events;
    private final int schemaId;
    private final List<ProducerRecord<byte[], byte[]>> last = new ArrayList<>(LAST);
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    private final SpecificDatumWriter<SpecificRecord> writer;
    private final long[] sums = new long[Tally.SIZE];
    private long made;
    private long duplicates;
    private long valueBytes;

    CourseEvents(String topic, Mix mix, long events, long seed, Instant from, int schemaId) {
        AvroTrust.establish();
        this.topic = topic;
        this.random = new SplittableRandom(seed);
        this.mix = mix;
        this.customers = mix.customers();
        this.from = from;
        this.events = events;
        this.schemaId = schemaId;
        writer = new SpecificDatumWriter<>(
                mix.meters() == 0 ? RequestEvent.getClassSchema() : UsageEvent.getClassSchema());
    }

    ProducerRecord<byte[], byte[]> next() {
        ProducerRecord<byte[], byte[]> next = !last.isEmpty() && random.nextInt(ONE_IN) == 0 ? repeat() : first();
        made++;
        valueBytes += next.value().length;
        return next;
    }

    private ProducerRecord<byte[], byte[]> repeat() {
        duplicates++;
        return last.get(random.nextInt(last.size()));
    }

    private ProducerRecord<byte[], byte[]> first() {
        int customer = customers.draw(random);
        Instant at = from.plus(mix.micros(made, events, random), ChronoUnit.MICROS);
        ProducerRecord<byte[], byte[]> sent = of(mix.tenantOf(customer), Mix.nameOf(customer), at);
        if (last.size() < LAST) {
            last.add(sent);
        } else {
            last.set(Math.toIntExact(made % LAST), sent);
        }
        return sent;
    }

    /** The next event, of this customer and that time. */
    ProducerRecord<byte[], byte[]> of(String tenant, String customer, Instant at) {
        return new ProducerRecord<>(
                topic,
                new EventKey(tenant, customer).bytes(),
                onTheWire(mix.meters() == 0 ? request(tenant, customer, at) : usage(tenant, customer, at)));
    }

    private UsageEvent usage(String tenant, String customer, Instant at) {
        return UsageEvent.newBuilder()
                .setId(new UUID(random.nextLong(), random.nextLong()).toString())
                .setTenantId(tenant)
                .setExternalCustomerId(customer)
                .setOccurredAt(at)
                .setMeter("meter_" + random.nextInt(mix.meters()))
                .setQuantity(BigDecimal.valueOf(random.nextLong(3_000_000_000L), 9))
                .setCost(BigDecimal.valueOf(random.nextLong(10_000_000L), 9))
                .setCurrency("USD")
                .build();
    }

    private RequestEvent request(String tenant, String customer, Instant at) {
        long input = random.nextInt(4_000);
        long output = random.nextInt(1_000);
        long credits = random.nextLong(3_000_000_000L);
        long cost = random.nextLong(10_000_000L);
        add(input, output, credits, cost);
        return RequestEvent.newBuilder()
                .setId(new UUID(random.nextLong(), random.nextLong()).toString())
                .setTenantId(tenant)
                .setExternalCustomerId(customer)
                .setOccurredAt(at)
                .setOperation("chat.completions")
                .setProvider("openai")
                .setModel("gpt-x-mini")
                .setInputTokens(input)
                .setOutputTokens(output)
                .setCredits(BigDecimal.valueOf(credits, 9))
                .setCost(BigDecimal.valueOf(cost, 9))
                .setCurrency("USD")
                .setTags(Map.of("team", "search-quality", "feature", "summarise"))
                .build();
    }

    private void add(long input, long output, long credits, long cost) {
        sums[0]++;
        sums[1] = Math.addExact(sums[1], input);
        sums[2] = Math.addExact(sums[2], output);
        sums[5] = Math.addExact(sums[5], credits);
        sums[6] = Math.addExact(sums[6], cost);
    }

    private byte[] onTheWire(SpecificRecord event) {
        try {
            bytes.reset();
            bytes.write(WireFormat.MAGIC);
            bytes.write(ByteBuffer.allocate(Integer.BYTES).putInt(schemaId).array());
            writer.write(event, encoder);
            encoder.flush();
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Counted expected() {
        return Counted.alike(duplicates, Tally.of(sums));
    }

    double averageBytes() {
        return (double) valueBytes / made;
    }
}
