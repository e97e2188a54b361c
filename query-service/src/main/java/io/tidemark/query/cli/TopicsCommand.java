package io.tidemark.query.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code topics}: makes and checks the topics of a cluster. */
@Command(
        name = "topics",
        mixinStandardHelpOptions = true,
        description =
                "Makes the topics, checks whether they are as counting needs them, prints who must be allowed what.")
final class TopicsCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    private TopicsCommand() {}

    static CommandLine make() {
        return new CommandLine(new TopicsCommand())
                .addSubcommand(new CreateTopicsCommand())
                .addSubcommand(new CheckTopicsCommand())
                .addSubcommand(new TopicAccessCommand());
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
