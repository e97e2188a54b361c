/**
 * Tables as text.
 *
 * <p>Owns how a cell is written, and what keeps it from being a formula. Which columns there are is whose table it is ({@code usage}).
 */
@NullMarked
package io.tidemark.query.csv;

import org.jspecify.annotations.NullMarked;
