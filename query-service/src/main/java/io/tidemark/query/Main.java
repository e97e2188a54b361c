package io.tidemark.query;

import io.tidemark.query.cli.Surroundings;
import io.tidemark.query.cli.TidemarkCommand;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** Where the process begins. */
public final class Main {
    private Main() {}

    public static void main(String... arguments) {
        // Names are data, whatever the language of who runs it.
        var out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
        int code = TidemarkCommand.in(Surroundings.ofProcess()).setOut(out).execute(arguments);
        out.flush();
        System.exit(code);
    }
}
