/**
 * Which customers does a tenant have?
 *
 * <p>Owns the lists and look-ups: all customers of all tenants in memory, read from {@code customers}, in every order that can be
 * asked for. Each instance has all of them, so any can answer at once. Does not decide anything about a customer: that is
 * {@code directory}'s; nor read Kafka by itself: that is {@code tables}'.
 */
@NullMarked
package io.tidemark.streams.roster;

import org.jspecify.annotations.NullMarked;
