/**
 * What comes in over HTTP: requests, usage, CloudEvents, one by one or many at once.
 *
 * <p>Owns how an event is written in JSON and whose it is, the warnings, the bound on events of a key, and what is answered. Does
 * not judge values nor write events; that is {@link io.tidemark.streams.publishing.EventIntake}'s. The names and types of fields
 * are {@code sending}'s.
 */
@NullMarked
package io.tidemark.query.ingest;

import org.jspecify.annotations.NullMarked;
