/**
 * A running instance, asked over HTTP, as commands do.
 *
 * <p>Owns where it is, the key it is asked with, and what is said when it refuses. What is asked for is {@code cli}'s (keys),
 * {@code importing}'s (customers out of a file), {@code exporting}'s and {@code verification}'s (usage).
 */
@NullMarked
package io.tidemark.query.remote;

import org.jspecify.annotations.NullMarked;
