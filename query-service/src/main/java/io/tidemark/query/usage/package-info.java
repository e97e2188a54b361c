/**
 * Questions about usage over HTTP: parameters in, a question to {@link io.tidemark.streams.reading.UsageReadModel}, its
 * answer as JSON.
 *
 * <p>Owns the shapes of the answers and the cursor of by-customer usage. Adds nothing up.
 */
@NullMarked
package io.tidemark.query.usage;

import org.jspecify.annotations.NullMarked;
