/**
 * The usage of all customers of a period, taken out of a running instance.
 *
 * <p>Owns how the pages are gone through, what is said of their being of one moment, and the file they become. What a row has in it is {@code usage}'s; how
 * the instance is reached and how often it is asked is {@code remote}'s.
 */
@NullMarked
package io.tidemark.query.exporting;

import org.jspecify.annotations.NullMarked;
