package io.tidemark.query.cli;

import io.tidemark.query.instance.Instance;
import io.tidemark.query.instance.InstanceSettings;
import io.tidemark.query.instance.Serving;
import io.tidemark.query.settings.SettingSources;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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
            "Told to stop, it says that it is not ready, answers for --drain longer, leaves the group, and ends: exit code 0",
            "when that was clean, 1 otherwise. Told again, it does not wait for --drain.",
            "Instances with the same application id share the work and know of each other through Kafka."
        },
        footerHeading = "%nKeys:%n",
        footer = {
            "  The first key is the variable TIDEMARK_BOOTSTRAP_KEY of this process, 16 characters or more. It may use",
            "  /admin alone, and counts for as long as it is set; make the others with it: tidemark keys create."
        })
final class ServeCommand implements Callable<Integer>, CheckedCommand {
    private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);

    private final Surroundings surroundings;
    private Optional<InstanceSettings> settings = Optional.empty();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private InstanceOptions options = new InstanceOptions();

    ServeCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public List<String> faults() {
        var faults = new ArrayList<String>();
        SettingSources sources = TidemarkCommand.sources(spec);
        faults.addAll(sources.unknownVariables());
        settings = options.settings(sources, faults);
        return faults;
    }

    @Override
    public Integer call() throws InterruptedException {
        options.unknownToKafka(TidemarkCommand.sources(spec)).forEach(LOG::warn);
        var instance = Instance.start(settings.orElseThrow(), surroundings.clock());
        boolean clean = Serving.untilToldOrItCannot(instance, instance, options.drain(), () -> ready(instance));
        return clean ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private void ready(Instance instance) {
        var out = spec.commandLine().getOut();
        out.println("ready http=" + instance.url());
        out.flush();
    }
}
