/**
 * Events from flags or from JSON, checked and given to {@link io.tidemark.streams.publishing.EventPublisher}.
 *
 * <p>Owns the names of fields, their types and their spellings. Does not judge values; that is {@code intake}'s.
 */
@NullMarked
package io.tidemark.query.sending;

import org.jspecify.annotations.NullMarked;
