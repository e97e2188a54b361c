/**
 * Who wants to see usage change as it does?
 *
 * <p>Owns {@code GET /usage/stream}: a long answer of server-sent events for each client, written without a thread of its own. All of them share one thread, one
 * bound of bytes a second, and, where they hear the same, the same bytes ({@link io.tidemark.query.stream.Audience}); who reads slowly hears of each change once, later. What changed is
 * {@code streams.feed}'s to tell, and what a snapshot says {@code usage}'s.
 */
@NullMarked
package io.tidemark.query.stream;

import org.jspecify.annotations.NullMarked;
