package io.tidemark.query.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code rejected}: what was not counted, and why. */
@Command(
        name = "rejected",
        mixinStandardHelpOptions = true,
        description = {
            "Lists the events of a running instance that were rejected, shows what was sent, and sends it once more, as it was or",
            "changed. Needs a key of the tenant with the scope read; to replay, write."
        })
final class RejectedCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    private RejectedCommand() {}

    static CommandLine make() {
        return new CommandLine(new RejectedCommand())
                .addSubcommand(new ListRejectedCommand())
                .addSubcommand(new ShowRejectedCommand())
                .addSubcommand(new ReplayRejectedCommand());
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
