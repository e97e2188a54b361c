package io.tidemark.query.cli;

import io.tidemark.query.remote.RemoteInstance;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code keys list}. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        abbreviateSynopsis = true,
        description = "Lists the keys that were given out, the oldest first; never a key itself.")
final class ListKeysCommand implements Callable<Integer>, CheckedCommand, WithoutVariables {
    private static final List<String> COLUMNS = List.of(
            "id", "tenant", "scopes", "active", "created_at", "expires_at", "revoked_at", "replaced_by", "name");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--tenant", paramLabel = "NAME", description = "Those of one tenant alone.")
    private @Nullable String tenant;

    @Option(names = "--json", description = "Print JSON instead of a table.")
    private boolean json;

    @Mixin
    private RemoteOptions remote = new RemoteOptions();

    @Override
    public List<String> faults() {
        return remote.faults();
    }

    @Override
    public Integer call() {
        String filter = tenant == null ? "" : "?tenant=" + RemoteInstance.encoded(tenant);
        Table.print(spec.commandLine(), remote.instance().get(KeyOutput.PATH + filter), COLUMNS, json);
        return ExitCode.OK;
    }
}
