package io.tidemark.query;

import io.tidemark.query.cli.Surroundings;
import io.tidemark.query.cli.TidemarkCommand;

/** Where the process begins. */
public final class Main {
    private Main() {}

    public static void main(String... arguments) {
        int code = TidemarkCommand.in(Surroundings.ofProcess()).execute(arguments);
        System.exit(code);
    }
}
