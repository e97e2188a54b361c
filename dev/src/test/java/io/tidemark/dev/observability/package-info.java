/**
 * What watches the product: the names of its metrics, and whether every expression of the alert rules and of the board
 * ({@code observability/}) asks for what {@code /metrics} really serves.
 *
 * <p>{@link io.tidemark.dev.observability.PromQl} reads an expression, {@link io.tidemark.dev.observability.Asked} compares it with
 * {@link io.tidemark.dev.observability.Exposition}, {@link io.tidemark.dev.observability.Watched} finds all there are.
 */
@NullMarked
package io.tidemark.dev.observability;

import org.jspecify.annotations.NullMarked;
