/**
 * Who is a tenant's customer?
 *
 * <p>Owns the directory: one record for each customer, unique external ids and e-mail addresses within a tenant, versions
 * for compare-and-set. Commands come by {@code customer-commands}, keyed by tenant, so that one task decides them one after
 * the other; what it decided goes to {@code customers} and, for whoever waits, to {@code customer-results}, all in one
 * transaction. Does not count usage, and usage does not wait for it.
 */
@NullMarked
package io.tidemark.streams.directory;

import org.jspecify.annotations.NullMarked;
