/**
 * How far a long work is, shown to whoever waits for it.
 *
 * <p>Owns the bar of a terminal and the lines that stand for it elsewhere. What is done and what is said of it is the work's own
 * room's.
 */
@NullMarked
package io.tidemark.query.progress;

import org.jspecify.annotations.NullMarked;
