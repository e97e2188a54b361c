/**
 * What became of this event?
 *
 * <p>Asks those who know: the ids that were seen ({@code dedupe}), what waits ({@code parking}), what was refused ({@code rejections}), how far
 * counting is ({@code accounts}), and the record itself where it still lies ({@code originals}). Keeps nothing of its own. {@link
 * io.tidemark.streams.tracing.TraceReader} is what a partition says, {@link io.tidemark.streams.tracing.Tracing} what follows from
 * all of it.
 */
@NullMarked
package io.tidemark.streams.tracing;

import org.jspecify.annotations.NullMarked;
