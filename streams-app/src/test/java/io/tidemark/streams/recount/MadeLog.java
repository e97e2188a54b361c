package io.tidemark.streams.recount;

import io.tidemark.streams.event.Coordinates;
import io.tidemark.streams.recount.MixedEvents.Appended;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.NullMarked;

/** A log in memory, of which at first a part is there. */
@NullMarked
final class MadeLog implements EventLog {
    private final List<Appended> records;
    private final Set<Coordinates> refused = new HashSet<>();
    private Optional<Instant> beginsAt = Optional.empty();
    private int there;
    private int given;

    MadeLog(List<Appended> records) {
        this.records = records;
        there = records.size();
    }

    /** Only so many are there yet. */
    MadeLog upTo(int count) {
        there = count;
        return this;
    }

    MadeLog refuse(Appended record) {
        refused.add(Recounted.coordinates(record.origin()));
        return this;
    }

    MadeLog beginsAt(Instant begin) {
        beginsAt = Optional.of(begin);
        return this;
    }

    @Override
    public void readOn(Supplier<Taker> takers) {
        Taker taker = takers.get();
        for (; given < there; given++) {
            give(records.get(given), taker);
        }
        there = records.size();
    }

    private static void give(Appended record, Taker taker) {
        byte[] value = record.value();
        taker.take(record.origin(), record.key(), value, record.key().length + (value == null ? 0 : value.length));
    }

    @Override
    public void readAgain(Collection<Coordinates> wanted, Taker taker) {
        records.stream()
                .filter(record -> wanted.contains(Recounted.coordinates(record.origin())))
                .forEach(record -> give(record, taker));
    }

    @Override
    public Set<Coordinates> refused() {
        return refused;
    }

    @Override
    public Optional<Instant> beginsAt() {
        return beginsAt;
    }

    @Override
    public long records() {
        return there;
    }

    @Override
    public String position() {
        return "";
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
