/**
 * What operators and their tools ask: is it alive, is it ready, how is it doing, what does it offer.
 *
 * <p>Needs no key, says nothing about a tenant or a customer.
 */
@NullMarked
package io.tidemark.query.ops;

import org.jspecify.annotations.NullMarked;
