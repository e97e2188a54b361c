/**
 * The page for those who watch. It is files alone ({@code resources/dashboard}): a client of the public API like any other, which knows
 * nothing that another could not know. Chart.js comes out of its WebJar; nothing is fetched from anywhere else.
 *
 * <p>Does not own: any number, any right. Whoever opens it sees what the key that is given there may see.
 */
@NullMarked
package io.tidemark.query.dashboard;

import org.jspecify.annotations.NullMarked;
