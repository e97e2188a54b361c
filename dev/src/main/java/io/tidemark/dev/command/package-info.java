/**
 * The command {@code dev}: broker, registry and instance on one data directory, started and closed together.
 *
 * <p>Owns the data directory: who may use it, the key in it, and where others find what runs on it.
 */
@NullMarked
package io.tidemark.dev.command;

import org.jspecify.annotations.NullMarked;
