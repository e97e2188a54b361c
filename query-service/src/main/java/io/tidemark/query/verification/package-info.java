/**
 * Compares what should be with what a running instance answers over HTTP, and finds the minutes that differ: what an oracle's file says with the
 * usage that is answered, and what {@code recount} counted again with the pages that are told.
 *
 * <p>Owns the questions and how they narrow down. Knows nothing of how it is counted.
 */
@NullMarked
package io.tidemark.query.verification;

import org.jspecify.annotations.NullMarked;
