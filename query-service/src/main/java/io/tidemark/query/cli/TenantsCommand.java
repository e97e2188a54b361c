package io.tidemark.query.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code tenants}: whose customers are counted. */
@Command(
        name = "tenants",
        mixinStandardHelpOptions = true,
        description = "Makes and lists the tenants of a running instance. Needs a key with the scope admin.")
final class TenantsCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    private TenantsCommand() {}

    static CommandLine make() {
        return new CommandLine(new TenantsCommand())
                .addSubcommand(new CreateTenantCommand())
                .addSubcommand(new ListTenantsCommand());
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
