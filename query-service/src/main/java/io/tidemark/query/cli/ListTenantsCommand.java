package io.tidemark.query.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tenants list}. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        abbreviateSynopsis = true,
        description = "Lists the tenants there are, by name.")
final class ListTenantsCommand implements Callable<Integer>, CheckedCommand, WithoutVariables {
    private static final List<String> COLUMNS = List.of("tenant", "default_currency", "default_timezone", "created_at");

    @Spec
    private CommandSpec spec = CommandSpec.create();

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
        Table.print(spec.commandLine(), remote.instance().get(CreateTenantCommand.PATH), COLUMNS, json);
        return ExitCode.OK;
    }
}
