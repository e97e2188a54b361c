/**
 * Is what is served what the log says?
 *
 * <p>Counts the events of {@code requests} and {@code usage} again, in another process than the one that serves, judged by the product's own
 * rules and told apart by its own identity, and compares every slot of every page with what it comes to. Adding up is done anew and otherwise
 * here: what is wrong in {@code pages}, {@code dedupe} or on the way between them is no part of it.
 *
 * <p>{@link io.tidemark.streams.recount.Recount} is the way in; {@link io.tidemark.streams.recount.ServedPages} is how it hears of what is served.
 * Of two events of one identity the log does not always say which was counted: {@code Disputes} has what can be known.
 */
@NullMarked
package io.tidemark.streams.recount;

import org.jspecify.annotations.NullMarked;
