/**
 * P: PostgreSQL, fed as somebody feeds it who needs it fast. Settings and why: {@code docs/benchmarks.md}.
 */
@NullMarked
package io.tidemark.benchmarks.peers.postgres;

import org.jspecify.annotations.NullMarked;
