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

/** {@code keys revoke}. */
@Command(
        name = "revoke",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        abbreviateSynopsis = true,
        description = "Ends a key at once, everywhere and for ever. One that has ended already is no failure.")
final class RevokeKeyCommand implements Callable<Integer>, CheckedCommand, WithoutVariables {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "ID", description = "Of the key: its third part, tm_live_ID_…")
    private String id = "";

    @Mixin
    private RemoteOptions remote = new RemoteOptions();

    @Override
    public List<String> faults() {
        return remote.faults();
    }

    @Override
    public Integer call() {
        remote.instance().delete(KeyOutput.PATH + "/" + RemoteInstance.encoded(id));
        KeyOutput.note(spec.commandLine(), "revoked id=" + id);
        return ExitCode.OK;
    }
}
