package io.tidemark.dev.sample;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidemark.streams.StartRefused;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * Up to when a data directory has the hours of a seed. Only to save work: what is sent twice counts once all the same.
 */
final class SampleMarker {
    private final Path file;
    private final long seed;

    private SampleMarker(Path file, long seed) {
        this.file = file;
        this.seed = seed;
    }

    /**
     * The marker of a data directory.
     *
     * @throws StartRefused when there is a sample of another seed: the same customers would have used twice as much
     */
    static SampleMarker in(Path dataDirectory, long seed) {
        var marker = new SampleMarker(dataDirectory.resolve("sample.properties"), seed);
        String there = marker.read().getProperty("seed", Long.toString(seed));
        if (!there.equals(Long.toString(seed))) {
            throw new StartRefused(List.of(dataDirectory + " has a sample of the seed " + there
                    + "; take --sample-seed " + there + ", or another directory with --data-dir"));
        }
        return marker;
    }

    /** Up to when it was sent; nothing where it was not begun. */
    Optional<Instant> sentUntil() {
        return Optional.ofNullable(read().getProperty("sent_until")).map(Instant::parse);
    }

    void sentUntil(Instant instant) {
        var properties = new Properties();
        properties.put("seed", Long.toString(seed));
        properties.put("sent_until", instant.toString());
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try {
            try (var out = Files.newBufferedWriter(fresh, UTF_8)) {
                properties.store(out, "what dev --sample has sent");
            }
            Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Properties read() {
        var properties = new Properties();
        if (Files.exists(file)) {
            try (var in = Files.newBufferedReader(file, UTF_8)) {
                properties.load(in);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return properties;
    }
}
