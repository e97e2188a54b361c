package io.tidemark.streams.publishing;

import io.tidemark.streams.event.Coordinates;
import io.tidemark.streams.event.Source;
import io.tidemark.streams.reading.Position;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The last offset that was acknowledged of each partition written to. */
final class WrittenOffsets {
    private final Map<Source, Map<Integer, Long>> last = new EnumMap<>(Source.class);

    synchronized void add(Source source, int partition, long offset) {
        last.computeIfAbsent(source, any -> new TreeMap<>()).merge(partition, offset, Math::max);
    }

    synchronized Position position() {
        List<Coordinates> parts = last.entrySet().stream()
                .flatMap(of -> of.getValue().entrySet().stream()
                        .map(one -> new Coordinates(of.getKey(), one.getKey(), one.getValue())))
                .toList();
        return new Position(parts);
    }
}
