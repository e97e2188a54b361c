/**
 * What was rejected and why, and another try for it: {@code /rejected-events}, and for operators {@code /admin/rejected-events}.
 *
 * <p>Owns the filters, how a mapping is written, and what is answered. Which events were rejected is {@link io.tidemark.streams.rejections}' to say; what would
 * come of one that is sent once more, {@link io.tidemark.streams.replaying}'s.
 */
@NullMarked
package io.tidemark.query.rejected;

import org.jspecify.annotations.NullMarked;
