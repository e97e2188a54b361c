/**
 * What an event may be made of, and where it is sent.
 *
 * <p>Owns the names of fields, their types and their spellings, for flags ({@code cli}) and for JSON, on the command line and over
 * HTTP ({@code ingest}); and, for the command line, which deployment is meant and its {@link
 * io.tidemark.streams.publishing.EventPublisher}. Does not judge values; that is {@code intake}'s.
 */
@NullMarked
package io.tidemark.query.sending;

import org.jspecify.annotations.NullMarked;
