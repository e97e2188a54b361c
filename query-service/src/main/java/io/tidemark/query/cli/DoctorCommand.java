package io.tidemark.query.cli;

import io.tidemark.streams.MeteringSettings;
import io.tidemark.streams.administration.Administration;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code doctor}: why does it not start, or not count well? */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        abbreviateSynopsis = true,
        description = {
            "Looks at everything an instance needs: brokers and their versions, clocks and disks, topics, registry, state",
            "directory. Says of each: ok, warn or FAULT, and what to do. Changes nothing. Exit code 1 where there is a fault.",
            "Takes serve's options and settings; run it where serve is to run."
        })
final class DoctorCommand implements Callable<Integer>, CheckedCommand {
    private final Clock clock;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private InstanceOptions options = new InstanceOptions();

    private Optional<MeteringSettings> settings = Optional.empty();

    DoctorCommand(Surroundings surroundings) {
        clock = surroundings.clock();
    }

    @Override
    public List<String> faults() {
        var faults = new ArrayList<String>();
        var sources = TidemarkCommand.sources(spec);
        faults.addAll(sources.unknownVariables());
        settings = options.settings(sources, faults).map(given -> given.metering());
        return faults;
    }

    @Override
    public Integer call() {
        options.unknownToKafka(TidemarkCommand.sources(spec))
                .forEach(sentence -> spec.commandLine().getErr().println("warning: " + sentence));
        MeteringSettings given = settings.orElseThrow().withCreateTopics(false);
        return Report.print(spec.commandLine(), new Administration(given).diagnose(clock));
    }
}
