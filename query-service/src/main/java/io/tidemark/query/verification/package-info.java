/**
 * Compares what an oracle's file says with what a running instance answers over HTTP, and finds the minutes that differ.
 *
 * <p>Owns the questions and how they narrow down. Knows nothing of how it is counted.
 */
@NullMarked
package io.tidemark.query.verification;

import org.jspecify.annotations.NullMarked;
