package io.tidemark.query.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code customers}: who is counted. */
@Command(
        name = "customers",
        mixinStandardHelpOptions = true,
        description = "Takes many customers at once to a running instance. Needs a key with the scopes write and read.")
final class CustomersCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    private CustomersCommand() {}

    static CommandLine make() {
        return new CommandLine(new CustomersCommand()).addSubcommand(new ImportCustomersCommand());
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
