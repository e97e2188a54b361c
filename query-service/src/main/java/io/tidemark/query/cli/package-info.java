/**
 * The command line: what may be asked of {@code tidemark}, with which options, and how it ends.
 *
 * <p>Owns options, their environment variables and exit codes. The work is done by {@code instance}, {@code sending}, {@code remote}, {@code load} and {@code verification}.
 * Modules add commands through {@link io.tidemark.query.cli.CommandProvider}.
 */
@NullMarked
package io.tidemark.query.cli;

import org.jspecify.annotations.NullMarked;
