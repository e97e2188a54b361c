package io.tidemark.query.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code keys}: who may ask. */
@Command(
        name = "keys",
        mixinStandardHelpOptions = true,
        description = {
            "Makes, lists, replaces and revokes the keys of a running instance; all others know within a second.",
            "Needs a key with the scope admin: the first is the TIDEMARK_BOOTSTRAP_KEY of serve."
        })
final class KeysCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    private KeysCommand() {}

    static CommandLine in(Surroundings surroundings) {
        return new CommandLine(new KeysCommand())
                .addSubcommand(new CreateKeyCommand(surroundings.clock()))
                .addSubcommand(new ListKeysCommand())
                .addSubcommand(new RotateKeyCommand())
                .addSubcommand(new RevokeKeyCommand());
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
