package io.tidemark.query.cli;

import io.tidemark.streams.event.EventKind;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code send}: writes events to Kafka. */
@Command(
        name = "send",
        mixinStandardHelpOptions = true,
        description = "Sends events to Kafka and prints where each of them lies.")
final class SendCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    private SendCommand() {}

    static CommandLine in(Surroundings surroundings) {
        return new CommandLine(new SendCommand())
                .addSubcommand(SendEventsCommand.of(EventKind.REQUEST, surroundings))
                .addSubcommand(SendEventsCommand.of(EventKind.USAGE, surroundings));
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
