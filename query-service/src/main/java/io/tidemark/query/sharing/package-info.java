/**
 * What a tenant shows to a customer of its own: links to that customer's usage, which end by themselves.
 *
 * <p>Owns which links there are, how long they last, and what of a customer their holders see. A link is a key ({@code access} keeps it, {@code
 * keys} knows its holder); what was used is {@code usage}'s and {@code logs}' to say.
 */
@NullMarked
package io.tidemark.query.sharing;

import org.jspecify.annotations.NullMarked;
