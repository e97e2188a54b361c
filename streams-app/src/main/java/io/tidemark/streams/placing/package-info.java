/**
 * Is this event in its customer's own partition?
 *
 * <p>Not every client places keys as Java's does, and some send none. What the payload says decides where an event
 * belongs; one that came elsewhere is sent on through the {@code rekey} topic, in the same transaction, with its origin
 * in the headers. {@code Accepted} stays or becomes {@code Rekeyed}, and so does a {@code Rejected} that says whose it is; what comes as {@code Rekeyed}, unread, is sent on by its key; everything
 * else passes.
 *
 * <p>Next: {@code dedupe}.
 */
@NullMarked
package io.tidemark.streams.placing;

import org.jspecify.annotations.NullMarked;
