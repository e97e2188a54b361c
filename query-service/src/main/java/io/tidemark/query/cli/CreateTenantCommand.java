package io.tidemark.query.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tenants create}. */
@Command(
        name = "create",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        abbreviateSynopsis = true,
        description = "Makes a tenant: its events are counted from then on.")
final class CreateTenantCommand implements Callable<Integer>, CheckedCommand, WithoutVariables {
    static final String PATH = "/admin/tenants";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "NAME", description = "What events and keys call it.")
    private String name = "";

    @Option(names = "--currency", paramLabel = "CODE", description = "Default of its customers, such as USD.")
    private @Nullable String currency;

    @Option(names = "--timezone", paramLabel = "ZONE", description = "Of its calendar. Default: UTC")
    private @Nullable String timezone;

    @Option(
            names = "--meter",
            paramLabel = "NAME",
            description = "A meter it defines; events of others are told so. May be given again.")
    private List<String> meters = List.of();

    @Mixin
    private RemoteOptions remote = new RemoteOptions();

    @Override
    public List<String> faults() {
        return remote.faults();
    }

    @Override
    public Integer call() {
        var body = new LinkedHashMap<String, Object>();
        body.put("tenant", name);
        body.put("default_currency", currency);
        body.put("default_timezone", timezone);
        body.put("meters", meters);
        var out = spec.commandLine().getOut();
        out.println(remote.instance().post(PATH, body));
        out.flush();
        return ExitCode.OK;
    }
}
