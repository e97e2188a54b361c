/**
 * What the living do for the dead: transactions that an instance left open when it was killed are ended at once, instead of when they time
 * out, as until then nobody reads behind them. It owns the names by which a thread's transactions and its place in the group are
 * known to be of the same thread. It does not move partitions: that is the group's.
 */
@NullMarked
package io.tidemark.streams.recovery;

import org.jspecify.annotations.NullMarked;
