package io.tidemark.benchmarks.peers.flink;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidemark.benchmarks.course.WireEvent;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple10;
import org.apache.flink.api.java.typeutils.TupleTypeInfo;
import org.jspecify.annotations.Nullable;

/** Reads events by hand, into a tuple: what Flink passes on soonest. */
final class FlinkEvents implements DeserializationSchema<FlinkEvents.Event> {
    private static final long serialVersionUID = 1;

    private transient @Nullable WireEvent reader;

    /** Customer, id in two halves, minute, and the amounts but for the first, which is always 1. */
    @SuppressWarnings("unchecked") // Of Flink's own copy().
    public static final class Event extends Tuple10<String, Long, Long, Integer, Long, Long, Long, Long, Long, Long> {
        private static final long serialVersionUID = 1;
    }

    @Override
    public void open(InitializationContext context) {
        reader = new WireEvent();
    }

    @Override
    public Event deserialize(byte[] value) {
        if (reader == null) {
            throw new IllegalStateException("not open");
        }
        reader.read(value);
        long[] amounts = reader.amounts();
        var event = new Event();
        event.setFields(
                customer(reader),
                reader.idHigh(),
                reader.idLow(),
                Math.toIntExact(reader.minute()),
                amounts[1],
                amounts[2],
                amounts[3],
                amounts[4],
                amounts[5],
                amounts[6]);
        return event;
    }

    private static String customer(WireEvent event) {
        var key = new byte[event.tenantLength() + 1 + event.customerLength()];
        int at = event.copyTenant(key, 0);
        key[at] = '/';
        event.copyCustomer(key, at + 1);
        return new String(key, UTF_8);
    }

    @Override
    public boolean isEndOfStream(Event event) {
        return false;
    }

    @Override
    public TypeInformation<Event> getProducedType() {
        return new TupleTypeInfo<>(
                Event.class,
                Types.STRING,
                Types.LONG,
                Types.LONG,
                Types.INT,
                Types.LONG,
                Types.LONG,
                Types.LONG,
                Types.LONG,
                Types.LONG,
                Types.LONG);
    }
}
