package io.tidemark.dev.command;

import io.tidemark.query.cli.CommandProvider;

/** Adds {@code dev} to the command line. */
public final class DevCommandProvider implements CommandProvider {

    @Override
    public Object command() {
        return new DevCommand();
    }
}
