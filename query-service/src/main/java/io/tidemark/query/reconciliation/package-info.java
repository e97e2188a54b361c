/**
 * What an operator asks about all records at once: whether they are all accounted for. Numbers of one tenant cannot be told from those of others
 * here, so nobody but an operator is told any. Next: {@code streams.reconciliation}, which knows.
 */
@NullMarked
package io.tidemark.query.reconciliation;

import org.jspecify.annotations.NullMarked;
