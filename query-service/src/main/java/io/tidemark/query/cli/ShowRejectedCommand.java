package io.tidemark.query.cli;

import io.tidemark.query.remote.RemoteInstance;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rejected show}. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        abbreviateSynopsis = true,
        description = "Shows one rejected event with all that is wrong with it, and what was sent, as JSON.")
final class ShowRejectedCommand implements Callable<Integer>, CheckedCommand, WithoutVariables {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "ID", description = "As the list has it: usage-3-17-…")
    private String id = "";

    @Mixin
    private RemoteOptions remote = new RemoteOptions();

    @Override
    public List<String> faults() {
        return remote.faults();
    }

    @Override
    public Integer call() {
        var found = remote.instance().get(RejectedOptions.PATH + "/" + RemoteInstance.encoded(id));
        spec.commandLine().getOut().println(found.toPrettyString());
        spec.commandLine().getOut().flush();
        return ExitCode.OK;
    }
}
