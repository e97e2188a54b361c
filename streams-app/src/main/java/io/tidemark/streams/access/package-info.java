/**
 * Who may ask, and for which tenant?
 *
 * <p>Owns the topics {@code api-keys} and {@code tenants}: what is in them, the tables of them that every instance keeps in
 * memory, and the writing. Of a key it knows the hash, never the key; of its scopes, that they are words. Does not see requests:
 * that is {@code keys} in the query service. {@code intake} asks it which tenants there are.
 */
@NullMarked
package io.tidemark.streams.access;

import org.jspecify.annotations.NullMarked;
