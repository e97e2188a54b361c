/**
 * When does a thread commit?
 *
 * <p>Owns no state. Does not know what is written in a commit; each room writes its own.
 */
@NullMarked
package io.tidemark.streams.commits;

import org.jspecify.annotations.NullMarked;
