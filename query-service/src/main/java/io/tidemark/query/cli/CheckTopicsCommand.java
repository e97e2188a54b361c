package io.tidemark.query.cli;

import io.tidemark.streams.MeteringSettings;
import io.tidemark.streams.administration.Administration;
import io.tidemark.streams.administration.NewTopics;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code topics check}. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        abbreviateSynopsis = true,
        description = {
            "Says of each topic whether it is as counting needs it, and as safe as its replicas could make it:",
            "ok, warn (counting is right, but somebody should know) or FAULT (serve refuses to start). Changes nothing.",
            "Exit code 1 where there is a fault. Takes serve's options and settings."
        })
final class CheckTopicsCommand implements Callable<Integer>, CheckedCommand {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private MeteringOptions options = new MeteringOptions();

    @Override
    public List<String> faults() {
        return options.faults(TidemarkCommand.sources(spec));
    }

    @Override
    public Integer call() {
        MeteringSettings checked = options.settings().withCreateTopics(false);
        return Report.print(spec.commandLine(), new Administration(checked).topics(NewTopics.of(checked)));
    }
}
