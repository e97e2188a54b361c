/**
 * One running instance: counting, keys and the door, started and closed together.
 *
 * <p>Owns the wiring and its order. The commands {@code serve} and {@code dev} start instances; {@link
 * io.tidemark.query.instance.Routes} is every endpoint on one screen.
 */
@NullMarked
package io.tidemark.query.instance;

import org.jspecify.annotations.NullMarked;
