package io.tidemark.streams.pages;

import java.util.SortedSet;

/**
 * The usage of a customer is counted under another external id from now on.
 *
 * @param was the one it had
 * @param as the one it has
 * @param months in which it used something, in months since 1970-01
 */
public record MovedMonths(String tenant, String was, String as, SortedSet<Integer> months) {}
