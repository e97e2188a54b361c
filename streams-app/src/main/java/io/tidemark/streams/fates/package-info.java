/**
 * What became of an event that somebody waits for?
 *
 * <p>Owns the topic {@code event-fates}: who writes an event may mark it, and hears by that topic, once it is committed, that it
 * was counted, was a duplicate or a conflict, or was rejected and why. Works from any instance, whichever counts the event.
 * Does not know how events are written; that is {@code publishing}'s.
 */
@NullMarked
package io.tidemark.streams.fates;

import org.jspecify.annotations.NullMarked;
