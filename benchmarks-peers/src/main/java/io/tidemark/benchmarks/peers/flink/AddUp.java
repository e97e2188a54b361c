package io.tidemark.benchmarks.peers.flink;

import static java.util.Objects.requireNonNull;

import io.tidemark.benchmarks.course.Counted;
import io.tidemark.benchmarks.course.Tally;
import java.util.HashSet;
import java.util.Set;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/** Of each customer: the ids seen, and the sums of each minute, hour and day, all in Flink's own keyed state. */
final class AddUp extends KeyedProcessFunction<String, FlinkEvents.Event, Void> {
    private static final long serialVersionUID = 1;
    private static final int FIELDS_BEFORE = 4;
    private static final int MINUTES_OF_HOUR = 60;
    private static final int MINUTES_OF_DAY = 24 * 60;

    private transient @Nullable MapState<Tuple2<Long, Long>, Boolean> ids;
    private transient @Nullable MapState<Integer, long[]> minutes;
    private transient @Nullable MapState<Integer, long[]> hours;
    private transient @Nullable MapState<Integer, long[]> days;
    private transient @Nullable Set<String> met;

    @Override
    public void open(OpenContext context) {
        ids = getRuntimeContext()
                .getMapState(new MapStateDescriptor<>("ids", Types.TUPLE(Types.LONG, Types.LONG), Types.BOOLEAN));
        minutes = sums("minutes");
        hours = sums("hours");
        days = sums("days");
        met = new HashSet<>();
    }

    private MapState<Integer, long[]> sums(String name) {
        return getRuntimeContext()
                .getMapState(new MapStateDescriptor<>(
                        name, Types.INT, PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO));
    }

    @Override
    public void processElement(FlinkEvents.Event event, Context context, Collector<Void> out) throws Exception {
        if (requireNonNull(met).add(event.f0)) {
            // Told when event time ends. One timer a customer, not one an event.
            context.timerService().registerEventTimeTimer(Long.MAX_VALUE);
        }
        var id = Tuple2.of(event.f1, event.f2);
        if (requireNonNull(ids).contains(id)) {
            Found.duplicate();
            return;
        }
        requireNonNull(ids).put(id, true);
        add(requireNonNull(minutes), event.f3, event);
        add(requireNonNull(hours), event.f3 / MINUTES_OF_HOUR, event);
        add(requireNonNull(days), event.f3 / MINUTES_OF_DAY, event);
    }

    private static void add(MapState<Integer, long[]> sums, int at, FlinkEvents.Event event) throws Exception {
        long[] old = sums.get(at);
        long[] sum = old == null ? new long[Tally.SIZE] : old;
        sum[0]++;
        for (int i = 1; i < sum.length; i++) {
            long amount = event.getField(FIELDS_BEFORE + i - 1);
            sum[i] = Math.addExact(sum[i], amount);
        }
        sums.put(at, sum);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<Void> out) throws Exception {
        Found.add(new Counted(0, all(requireNonNull(minutes)), all(requireNonNull(hours)), all(requireNonNull(days))));
    }

    private static Tally all(MapState<Integer, long[]> sums) throws Exception {
        Tally all = Tally.NONE;
        for (long[] one : sums.values()) {
            all = all.plus(Tally.of(one));
        }
        return all;
    }
}
