package io.tidemark.query.ingest;

import io.tidemark.query.request.Fault;
import io.tidemark.streams.event.EventKind;
import io.tidemark.streams.publishing.EventIntake;
import io.tidemark.streams.publishing.EventIntake.Faulty;
import io.tidemark.streams.publishing.EventIntake.Prepared;
import io.tidemark.streams.publishing.EventIntake.Ready;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An event that was read, and what is to be said of it: it may be written, or all that is wrong with it.
 *
 * @param ready present exactly when there is no fault
 */
record Judged(Incoming event, Optional<Ready> ready, List<Fault> faults) {
    private static final Map<String, Object> HARMLESS = Map.of("id", "x", "external_customer_id", "x");
    private static final Map<String, Object> HARMLESS_USAGE = Map.of("meter", "x", "quantity", BigDecimal.ZERO);

    static Judged of(Incoming event, EventIntake intake) {
        boolean whole = event.faults().isEmpty()
                && !event.lacksId()
                && event.unknownCustomer().isEmpty();
        Prepared prepared = intake.prepare(event.kind(), whole ? event.fields() : patched(event));
        if (whole && prepared instanceof Ready ready) {
            return new Judged(event, Optional.of(ready), List.of());
        }
        var faults = new ArrayList<>(event.faults());
        if (prepared instanceof Faulty faulty) {
            var known = new HashSet<>(faults.stream().map(Fault::pointer).toList());
            faulty.faults().stream()
                    .map(fault -> Fault.ofPointer(event.pointerOf(fault.field()), fault.toString()))
                    .filter(fault -> !known.contains(fault.pointer()))
                    .forEach(faults::add);
        }
        return new Judged(event, Optional.empty(), List.copyOf(faults));
    }

    /** What could not be read is left out or harmless, so that the rest is judged: all faults are said at once. */
    private static Map<String, Object> patched(Incoming event) {
        var fields = new HashMap<>(event.fields());
        HARMLESS.forEach(fields::putIfAbsent);
        if (event.kind() == EventKind.USAGE) {
            HARMLESS_USAGE.forEach(fields::putIfAbsent);
        }
        return fields;
    }

    /** The same where other events stand beside it: what would refuse the request alone is a fault of the event. */
    Judged inBatch() {
        var all = new ArrayList<>(faults);
        if (event.lacksId()) {
            all.add(Fault.ofPointer(event.pointerOf("id"), "is needed, or an Idempotency-Key for the batch"));
        }
        event.unknownCustomer().ifPresent(all::add);
        return new Judged(event, ready, List.copyOf(all));
    }
}
