/**
 * F: Flink, exactly once, with its state in RocksDB or on the heap, in a cluster within the process. Built with {@code
 * -Pbench-full} alone. Settings and why: {@code docs/benchmarks.md}.
 */
@NullMarked
package io.tidemark.benchmarks.peers.flink;

import org.jspecify.annotations.NullMarked;
