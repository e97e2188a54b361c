/**
 * A tenant's customers over HTTP: lists, look-ups and changes.
 *
 * <p>Owns which customer a path means, what may be said of one, and how one is shown. Does not decide what is changed (that is the
 * directory's) nor keep customers (that is the roster's); next door, {@code usage} says what they used.
 */
@NullMarked
package io.tidemark.query.customers;

import org.jspecify.annotations.NullMarked;
