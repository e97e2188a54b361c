/**
 * What is small enough for every instance to know all of it?
 *
 * <p>Owns the reading of compacted topics into memory: each instance reads all partitions from their beginning and goes on
 * reading, so that any of them can answer at once and without asking another; or from now on, where a topic is news and no table; or from
 * a little before the end, for who was listening elsewhere a moment ago. And the writing of single records, outside the topology. Does not know
 * what the rows mean: that is {@code roster}'s (customers), {@code access}'s (keys and tenants), {@code directory}'s (what came of commands), {@code
 * fates}' (what became of events) and {@code feed}'s (whose usage changed).
 */
@NullMarked
package io.tidemark.streams.tables;

import org.jspecify.annotations.NullMarked;
