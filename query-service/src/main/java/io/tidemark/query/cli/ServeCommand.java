package io.tidemark.query.cli;

import io.tidemark.query.http.Limits;
import io.tidemark.query.instance.Instance;
import io.tidemark.query.instance.InstanceSettings;
import io.tidemark.query.instance.Serving;
import io.tidemark.query.keys.ApiKeys;
import io.tidemark.query.keys.KeyFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code serve}: one instance, until it is told to stop. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        abbreviateSynopsis = true,
        description = {
            "Counts events and answers questions over HTTP, until it is told to stop (Ctrl-C, SIGTERM).",
            "Prints one line when it is ready: ready http=http://HOST:PORT",
            "Instances with the same application id share the work and know of each other through Kafka."
        },
        footerHeading = "%nThe key file:%n",
        footer = {
            "  One key on each line: SHA-256-HEX TENANT SCOPE[,SCOPE…]; scopes are ingest, read, write, admin.",
            "  printf %%s \"$KEY\" | sha256sum    makes the hash. Its tenants are the ones that are known."
        })
final class ServeCommand implements Callable<Integer>, CheckedCommand {
    private final Surroundings surroundings;
    private Optional<InstanceSettings> settings = Optional.empty();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--keys-file", paramLabel = "FILE", description = "Hashes of the keys that may be used. Needed.")
    private @Nullable Path keysFile;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "Where to listen; 0.0.0.0 is everywhere. Default: ${DEFAULT-VALUE}")
    private String host = "127.0.0.1";

    @Option(
            names = "--http-port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "0 takes any free one. Default: ${DEFAULT-VALUE}")
    private int port = 8080;

    @Mixin
    private MeteringOptions metering = new MeteringOptions();

    ServeCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public List<String> faults() {
        var faults = new ArrayList<String>();
        Optional<ApiKeys> keys = Optional.ofNullable(keysFile).map(file -> KeyFile.read(file, faults));
        if (keys.isEmpty()) {
            faults.add("--keys-file is missing");
        }
        if (port < 0 || port > 65_535) {
            faults.add("--http-port must be a number from 0 to 65535");
        }
        var known = keys.orElse(new ApiKeys(List.of()));
        settings = metering.settings(known.tenants(), faults)
                .map(counting -> new InstanceSettings(counting, host, port, Limits.DEFAULT, known));
        return faults;
    }

    @Override
    public Integer call() throws InterruptedException {
        var instance = Instance.start(settings.orElseThrow(), surroundings.clock());
        Serving.untilItCannot(instance, instance, () -> ready(instance));
        return ExitCode.SOFTWARE;
    }

    private void ready(Instance instance) {
        var out = spec.commandLine().getOut();
        out.println("ready http=" + instance.url());
        out.flush();
    }
}
