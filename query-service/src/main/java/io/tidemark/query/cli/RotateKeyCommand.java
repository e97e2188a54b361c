package io.tidemark.query.cli;

import io.tidemark.query.remote.RemoteInstance;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code keys rotate}. */
@Command(
        name = "rotate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        abbreviateSynopsis = true,
        description = {
            "Makes a key that may do what another may, and ends the other after a while. Prints the new key alone.",
            "The id of a key is its third part: tm_live_ID_…"
        })
final class RotateKeyCommand implements Callable<Integer>, CheckedCommand, WithoutVariables {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "ID", description = "Of the key to replace.")
    private String id = "";

    @Option(
            names = "--overlap",
            paramLabel = "DURATION",
            defaultValue = "24h",
            description = "How long both are taken; 0s ends the old one at once. Default: ${DEFAULT-VALUE}")
    private Duration overlap = Duration.ofHours(24);

    @Option(names = "--json", description = "Print the whole answer as JSON instead.")
    private boolean json;

    @Mixin
    private RemoteOptions remote = new RemoteOptions();

    @Override
    public List<String> faults() {
        return remote.faults();
    }

    @Override
    public Integer call() {
        String path = KeyOutput.PATH + "/" + RemoteInstance.encoded(id) + "/rotate";
        var answer = remote.instance().post(path, Map.of("overlap", overlap.toMillis() + "ms"));
        KeyOutput.made(spec.commandLine(), answer, json);
        return ExitCode.OK;
    }
}
