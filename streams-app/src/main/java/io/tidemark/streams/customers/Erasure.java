package io.tidemark.streams.customers;

import io.tidemark.streams.event.Series;
import java.util.SortedSet;

/**
 * A customer was erased: what is stored under its old external id is to be stored under its pseudonym.
 *
 * @param was the external id it had
 * @param as its pseudonym, of the same partition
 * @param series those it has
 */
public record Erasure(String tenant, String was, String as, SortedSet<Series> series) {}
