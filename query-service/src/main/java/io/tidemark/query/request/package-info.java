/**
 * What a request says before anyone knows what it means: its parameters and its body, one object or a batch of them, decoded once
 * and strictly, and the faults found.
 *
 * <p>Owns the decoding of URLs and JSON bodies, the collecting of faults and what an external id may be. Does not know what a
 * parameter or a field stands for (that is {@code period}'s, {@code usage}'s, {@code customers}' and {@code ingest}'s) nor how
 * faults are answered (that is {@code http}'s).
 */
@NullMarked
package io.tidemark.query.request;

import org.jspecify.annotations.NullMarked;
