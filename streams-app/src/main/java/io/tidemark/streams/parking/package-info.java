/**
 * Where do records wait whose schema cannot be looked up now?
 *
 * <p>Owns the parked records. They are kept in state, so that neither a registry that is away nor our own restart loses
 * or refuses one, and nothing waits for the registry while others could be counted. The order of events does not matter
 * to sums, so a record may wait as long as it has to. It waits in the partition of its key, where {@code as_of} tells of it.
 */
@NullMarked
package io.tidemark.streams.parking;

import org.jspecify.annotations.NullMarked;
