package io.tidemark.query.cli;

import io.tidemark.streams.MeteringSettings;
import io.tidemark.streams.administration.Administration;
import io.tidemark.streams.administration.NewTopics;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code topics create}. */
@Command(
        name = "create",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        abbreviateSynopsis = true,
        description = {
            "Makes the topics that are missing, leaves those that are there, then checks all of them (see topics check).",
            "The inputs get LogAppendTime. The number of partitions (--partitions) is final.",
            "Takes serve's options and settings."
        })
final class CreateTopicsCommand implements Callable<Integer>, CheckedCommand, WithoutVariables {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--min-isr",
            paramLabel = "N",
            description = "Replicas that must have a record before it counts as written."
                    + " Default: all but one, and at least one")
    private @Nullable Integer minIsr;

    @Option(
            names = "--keep-events",
            paramLabel = "DURATION",
            defaultValue = "400d",
            description = "How long events are kept in the topics they are sent to. Default: ${DEFAULT-VALUE}")
    private Duration keepEvents = Duration.ofDays(400);

    @Mixin
    private MeteringOptions options = new MeteringOptions();

    @Override
    public List<String> faults() {
        List<String> faults = options.faults(TidemarkCommand.sources(spec));
        if (faults.isEmpty()) {
            check(options.settings(), faults);
        }
        return faults;
    }

    private void check(MeteringSettings given, List<String> faults) {
        if (minIsr != null && (minIsr < 1 || minIsr > given.replicationFactor())) {
            faults.add("--min-isr must be from 1 to the " + given.replicationFactor() + " replicas");
        }
        if (keepEvents.compareTo(given.time().late()) < 0) {
            faults.add("--keep-events must not be less than --late");
        }
    }

    @Override
    public Integer call() {
        MeteringSettings given = options.settings().withCreateTopics(true);
        int replicas = given.replicationFactor();
        var wanted = new NewTopics(
                given.partitions(), replicas, minIsr == null ? NewTopics.inSyncOf(replicas) : minIsr, keepEvents);
        return Report.print(spec.commandLine(), new Administration(given).topics(wanted));
    }
}
