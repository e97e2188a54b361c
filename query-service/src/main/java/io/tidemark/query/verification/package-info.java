/**
 * Compares what should be with what a running instance answers over HTTP, and finds the minutes that differ: what an oracle's file says with the
 * usage that is answered. Asks for the pages, too, that the streams app's {@code recount} compares.
 *
 * <p>Owns the questions and how they narrow down. Knows nothing of how it is counted.
 */
@NullMarked
package io.tidemark.query.verification;

import org.jspecify.annotations.NullMarked;
