/**
 * What an operator may do over HTTP: give keys out, replace and revoke them, make tenants and say what is theirs by default.
 *
 * <p>Owns the calls under {@code /admin}, the only ones that name a tenant. What is kept, and that every instance knows it, is
 * {@code access}'s, in the streams app; who may call is {@code keys}'.
 */
@NullMarked
package io.tidemark.query.admin;

import org.jspecify.annotations.NullMarked;
