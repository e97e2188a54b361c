/**
 * The command line: what may be asked of {@code tidemark}, with which options, and how it ends.
 *
 * <p>Owns options, which are the settings, and exit codes; who gave a setting its value is {@code settings}'. The work is done by {@code
 * instance}, {@code sending}, {@code remote}, {@code load}, {@code verification}, {@code importing}, {@code exporting} and the {@code administration} and {@code recount} of the streams app.
 * Modules add commands through {@link io.tidemark.query.cli.CommandProvider}.
 */
@NullMarked
package io.tidemark.query.cli;

import org.jspecify.annotations.NullMarked;
