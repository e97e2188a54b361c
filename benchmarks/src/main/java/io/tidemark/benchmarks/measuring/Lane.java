package io.tidemark.benchmarks.measuring;

import io.tidemark.benchmarks.course.Course;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * What a contestant is told.
 *
 * @param registry URL of the schema registry
 * @param brokerPid whose CPU is measured beside the contestant's own
 * @param commitMillis how often a contestant that commits by time does it, in milliseconds
 * @param scratch a directory of its own, empty
 */
public record Lane(
        String kafka, String registry, long brokerPid, Course course, Fetch fetch, long commitMillis, String scratch) {
    private static final String RESULT = "result.json";
    private static final String LANE = "lane.json";

    /** The lane whose file is the first word of a command line. */
    public static Lane of(String[] words) throws IOException {
        return Json.read(Path.of(words[0]), Lane.class);
    }

    /** Writes it where {@link #of} reads it. */
    public Path write() throws IOException {
        return Json.write(directory().resolve(LANE), this);
    }

    public void finish(Figures figures) throws IOException {
        Json.write(directory().resolve(RESULT), figures);
    }

    /** What the contestant wrote when it finished. */
    public Figures finished() throws IOException {
        return Json.read(directory().resolve(RESULT), Figures.class);
    }

    public Path directory() {
        return Path.of(scratch);
    }

    /** How often one commits that commits by time. */
    public Duration commit() {
        return Duration.ofMillis(commitMillis);
    }

    /** Of a plain consumer of bytes. */
    public Map<String, Object> consumer(String group) {
        Map<String, Object> config = new HashMap<>(fetch.consumer());
        config.put("bootstrap.servers", kafka);
        config.put("group.id", group);
        config.put("enable.auto.commit", false);
        config.put("auto.offset.reset", "earliest");
        return config;
    }
}
