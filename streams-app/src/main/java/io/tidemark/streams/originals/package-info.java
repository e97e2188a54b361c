/**
 * What lies at that place?
 *
 * <p>Reads single records of the topics of events where their coordinates say they lie, as they came, and what they say by the schema
 * they were written with, in plain values. Judges nothing and keeps nothing: what became of a record, other rooms know.
 */
@NullMarked
package io.tidemark.streams.originals;

import org.jspecify.annotations.NullMarked;
