package io.tidemark.query;

import io.tidemark.streams.MeteringSettings.TimeRule;
import io.tidemark.streams.event.EventKind;
import io.tidemark.streams.fates.Told;
import io.tidemark.streams.publishing.EventIntake;
import io.tidemark.streams.publishing.EventRecords;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;

/** Judges as the real one does, and remembers what it was given instead of writing it. */
public final class FakeIntake implements EventIntake {
    /** The fields of events that were prepared and may be written. */
    public final List<Map<String, ?>> prepared = new CopyOnWriteArrayList<>();

    public final List<Ready> taken = new CopyOnWriteArrayList<>();
    private final EventRecords records;
    private volatile boolean acknowledging = true;
    private volatile Optional<Told> told = Optional.empty();

    public FakeIntake(Clock clock) {
        records = new EventRecords(
                kind -> OptionalInt.of(kind == EventKind.REQUEST ? 1 : 2), TimeRule.DEFAULT, tenant -> true, clock);
    }

    /** From now on the broker acknowledges nothing. */
    public void loseEverything() {
        acknowledging = false;
    }

    /** From now on this becomes of every event. */
    public void tells(Told fate) {
        told = Optional.of(fate);
    }

    @Override
    public Prepared prepare(EventKind kind, Map<String, ?> fields) {
        Prepared made = records.prepare(kind, fields);
        if (made instanceof Ready) {
            prepared.add(Map.copyOf(fields));
        }
        return made;
    }

    @Override
    public Taken take(List<Ready> events, Optional<Duration> untilTold) {
        taken.addAll(events);
        var receipts = new ArrayList<Receipt>();
        events.forEach(event -> receipts.add(
                new Receipt(acknowledging, untilTold.isPresent() && acknowledging ? told : Optional.empty())));
        return new Taken(receipts, acknowledging ? "a-position" : "");
    }
}
