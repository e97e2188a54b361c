package io.tidemark.streams.recount;

import io.tidemark.streams.dedupe.Id;
import io.tidemark.streams.event.Coordinates;
import io.tidemark.streams.event.Event;
import io.tidemark.streams.event.Origin;
import io.tidemark.streams.recount.FirstSights.Sight;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * What good events come to, each counted once, by series and minute. Takes events from any number of threads; a partition's in the order of their
 * offsets.
 *
 * <p>All of one identity, wherever they lie, meet in one table, and all of one series in one sum.
 */
final class Recounted {
    private static final int STRIPES = 64;
    private static final long MICROS_OF_MINUTE = 60_000_000;
    private static final long MILLIS_OF_SECOND = 1_000;

    private final RecountQuestion question;
    private final Counts counts;
    private final Disputes disputes;
    private final List<FirstSights> sights = new ArrayList<>();
    private final List<Map<SeriesOwner, SlotSums>> sums = new ArrayList<>();

    /** @param reach how far apart two events of an identity may have arrived, and the later still be known for a repeat */
    Recounted(RecountQuestion question, Duration reach, Counts counts) {
        this.question = question;
        this.counts = counts;
        disputes = new Disputes(reach.toSeconds(), this::isInPeriod);
        for (int i = 0; i < STRIPES; i++) {
            sights.add(new FirstSights());
            sums.add(new HashMap<>());
        }
    }

    private boolean isInPeriod(int minute) {
        return minute >= question.fromMinute() && minute < question.toMinute();
    }

    static int minute(Event event) {
        return Math.toIntExact(Math.floorDiv(event.occurredAt(), MICROS_OF_MINUTE));
    }

    static Coordinates coordinates(Origin origin) {
        return new Coordinates(origin.topic(), origin.partition(), origin.offset());
    }

    /** An event that keeps every rule. */
    void take(Event event, Id id, Origin origin) {
        var sight = new Sight(coordinates(origin), event.contentHash(), minute(event), (int)
                (origin.appendedAt() / MILLIS_OF_SECOND));
        Sight first = sights.get((int) id.low() & (STRIPES - 1)).firstOrNote(id, sight);
        if (first == null) {
            if (isInPeriod(sight.minute())) {
                add(event, sight.minute());
            } else {
                counts.outside();
            }
            return;
        }
        counts.repeated(first.content() == sight.content());
        if (!first.countsLike(sight) && (isInPeriod(first.minute()) || isInPeriod(sight.minute()))) {
            disputes.add(id, first, event, sight);
        }
    }

    private void add(Event event, int minute) {
        counts.counted(1);
        change(event, sum -> sum.add(minute, event.reading()));
    }

    /** The first of a dispute was read once more: it was counted, and may not be. */
    void dispute(Event event, Origin origin) {
        int minute = minute(event);
        if (isInPeriod(minute)) {
            counts.counted(-1);
            change(event, sum -> sum.subtract(minute, event.reading()));
        }
        disputes.first(coordinates(origin), event, minute);
    }

    private void change(Event event, java.util.function.Consumer<SlotSums> change) {
        SeriesOwner owner = SeriesOwner.of(event);
        int hash = owner.hashCode();
        Map<SeriesOwner, SlotSums> mine = sums.get((hash ^ (hash >>> 16)) & (STRIPES - 1));
        synchronized (mine) {
            change.accept(mine.computeIfAbsent(
                    owner, any -> new SlotSums(event.reading().size())));
        }
    }

    Disputes disputes() {
        return disputes;
    }

    /** Every series; nobody adds to one meanwhile. */
    void each(BiConsumer<SeriesOwner, SlotSums> series) {
        sums.forEach(stripe -> stripe.forEach(series));
    }
}
