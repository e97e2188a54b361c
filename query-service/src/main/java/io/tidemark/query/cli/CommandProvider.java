package io.tidemark.query.cli;

/** Adds a command to the command line; found through {@link java.util.ServiceLoader}. */
public interface CommandProvider {

    /** An object with picocli's {@code @Command}, made anew for each call. May be {@link CheckedCommand}. */
    Object command();
}
