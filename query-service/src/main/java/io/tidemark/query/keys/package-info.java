/**
 * Who is asking: keys, their hashes, and the tenant and scopes each stands for, or the one customer, where it is a link.
 *
 * <p>Owns the format of keys and the check of every request's key. A key itself is kept nowhere, only its hash, and no key
 * reaches a log. Which keys were given out is {@code access}'s to know, in the streams app. Next: {@code usage}, which is given the {@link io.tidemark.query.keys.Caller}.
 */
@NullMarked
package io.tidemark.query.keys;

import org.jspecify.annotations.NullMarked;
