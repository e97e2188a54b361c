/**
 * Single requests over HTTP, and usage by what they are labelled with.
 *
 * <p>Owns the parameters of both, the cursor of the log, and how rows are sent. What is kept of requests, and how it is read, is {@code
 * requestlog}'s in the machine.
 */
@NullMarked
package io.tidemark.query.logs;

import org.jspecify.annotations.NullMarked;
