/**
 * Questions about usage over HTTP: parameters in, a question to {@link io.tidemark.streams.reading.UsageReadModel} or, of windows and
 * pages, to {@link io.tidemark.streams.reading.Parts}, its answer as JSON or as a table in CSV.
 *
 * <p>Owns the shapes of the answers, the columns of the tables, and the cursors of by-customer usage and pages. How a cell is written is {@code csv}'s. Adds nothing up but windows to their total.
 */
@NullMarked
package io.tidemark.query.usage;

import org.jspecify.annotations.NullMarked;
