/**
 * Where a setting's value comes from: the environment, a settings file, files that hold secrets.
 *
 * <p>Owns the names (one for option, variable and file), their precedence, the secrets' files and what is said of a name
 * that nobody knows. Does not own what the settings are: those are the options of the command line, in {@code cli}.
 */
@NullMarked
package io.tidemark.query.settings;

import org.jspecify.annotations.NullMarked;
