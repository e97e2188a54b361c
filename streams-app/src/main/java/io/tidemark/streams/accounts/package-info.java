/**
 * What became of every record?
 *
 * <p>Owns the progress of each source partition: the fence at the entry skips what was handled before, the account at
 * the exit notes how far we are and what each record came to, after all effects of the record, and writes it last in each commit
 * ({@code WrittenProgress}), with what became of the records of each hour of arrival ({@code HourTallies}). Also says which
 * partitions this instance serves: those whose account is open, which is when their state is whole and they are active. Copies are {@code reading}'s.
 */
@NullMarked
package io.tidemark.streams.accounts;

import org.jspecify.annotations.NullMarked;
