/** D: DuckDB, for the question about all customers of a tenant. */
@NullMarked
package io.tidemark.benchmarks.peers.duckdb;

import org.jspecify.annotations.NullMarked;
