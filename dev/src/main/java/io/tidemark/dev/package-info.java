/**
 * Everything in one process, for a first look and for tests: a real broker, a schema registry, and the instance that
 * {@code serve} runs. Not in the production image.
 *
 * <p>The rooms: {@code broker}, {@code registry}, {@code sample}, which fills them, and {@code command}, which starts them in order.
 */
@NullMarked
package io.tidemark.dev;

import org.jspecify.annotations.NullMarked;
