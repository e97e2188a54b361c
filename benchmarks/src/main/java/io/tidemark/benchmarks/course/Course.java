package io.tidemark.benchmarks.course;

import java.time.Instant;

/**
 * Events that lie in a topic, ready to be counted.
 *
 * @param events records in the topic, repeats among them
 * @param from when the first can have happened, a full minute
 * @param to and the last, exclusive, a full minute
 * @param bytes of an average value
 * @param expected what counting them must give
 */
public record Course(
        Mix mix, String topic, int partitions, long events, Instant from, Instant to, double bytes, Counted expected) {}
