/**
 * Which requests made a number?
 *
 * <p>Owns a store of its own, in which each counted request is a row for as long as requests are kept, with an index by time and the schemas that
 * rows were written with; what is held of it between two commits; how it ages; since when it is complete; and how it is asked: page by page,
 * newest first, and as usage by what requests are labelled with. Repeats, conflicts and rejected events are no rows. Not there, nor anything that
 * is done for it, where requests are not kept.
 *
 * <p>The store is asked only where its partition is counted: a copy of it may be behind what the copy of the hot store proves.
 */
@NullMarked
package io.tidemark.streams.requestlog;

import org.jspecify.annotations.NullMarked;
