/**
 * One running instance: counting, keys and the door, started and closed together.
 *
 * <p>Owns the wiring and its order: among several, the door opens when {@link io.tidemark.query.instance.WarmUp} is through. The commands {@code serve} and {@code dev} start instances; {@link
 * io.tidemark.query.instance.Routes} is every endpoint on one screen.
 */
@NullMarked
package io.tidemark.query.instance;

import org.jspecify.annotations.NullMarked;
