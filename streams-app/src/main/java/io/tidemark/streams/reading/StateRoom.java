package io.tidemark.streams.reading;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * How much room is left on the disk of the state directory. RocksDB keeps what was written in memory for a while, so an instance goes on
 * counting on a full disk until it has to write: then its threads die, one after the other, and are not replaced for long. It is said
 * before that.
 *
 * @param usable how many bytes may still be written where a path lies
 */
public record StateRoom(Path directory, ToLongFunction<Path> usable) {
    /** Of the write buffers of all stores ({@code BoundedMemory}) several may have to be written at once. */
    static final long LEAST = 32L << 20;

    public static StateRoom of(Path directory) {
        return new StateRoom(directory, path -> path.toFile().getUsableSpace());
    }

    /** Why this instance should not be relied on, if it should not. */
    public Optional<String> shortage() {
        long left = left();
        return left >= LEAST
                ? Optional.empty()
                : Optional.of("the disk of the state directory " + directory + " is full: " + left
                        + " bytes are left, counting needs " + LEAST);
    }

    private long left() {
        // Nothing is said of a path that does not exist yet, or not any more: 0 would be a shortage.
        Path there = directory.toAbsolutePath();
        while (!there.toFile().exists() && there.getParent() != null) {
            there = there.getParent();
        }
        return usable.applyAsLong(there);
    }

    public void bindTo(MeterRegistry registry) {
        Gauge.builder("tidemark.state.free", this, StateRoom::left)
                .baseUnit("bytes")
                .description("Room that is left on the disk of the state directory")
                .strongReference(true)
                .register(registry);
    }
}
