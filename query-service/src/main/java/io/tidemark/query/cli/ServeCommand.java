package io.tidemark.query.cli;

import io.tidemark.query.http.Limits;
import io.tidemark.query.instance.Instance;
import io.tidemark.query.instance.InstanceSettings;
import io.tidemark.query.instance.Serving;
import io.tidemark.query.keys.KeyEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
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
        footerHeading = "%nKeys:%n",
        footer = {
            "  The first key is the variable TIDEMARK_BOOTSTRAP_KEY of this process, 16 characters or more. It may use",
            "  /admin alone, and counts for as long as it is set; make the others with it: tidemark keys create."
        })
final class ServeCommand implements Callable<Integer>, CheckedCommand {
    private final Surroundings surroundings;
    private Optional<InstanceSettings> settings = Optional.empty();

    @Spec
    private CommandSpec spec = CommandSpec.create();

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
        List<KeyEntry> keys = bootstrapKey(faults);
        if (port < 0 || port > 65_535) {
            faults.add("--http-port must be a number from 0 to 65535");
        }
        settings = metering.settings(Set.of(), faults)
                .map(counting -> new InstanceSettings(counting, host, port, Limits.DEFAULT, keys));
        return faults;
    }

    /** Empty means not set, as a container's environment often has it. */
    private List<KeyEntry> bootstrapKey(List<String> faults) {
        String key = surroundings.environment().getOrDefault(KeyEntry.BOOTSTRAP_VARIABLE, "");
        return key.isEmpty()
                ? List.of()
                : KeyEntry.bootstrap(key, faults).stream().toList();
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
