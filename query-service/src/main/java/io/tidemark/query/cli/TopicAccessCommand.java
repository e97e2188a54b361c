package io.tidemark.query.cli;

import io.tidemark.streams.MeteringSettings;
import io.tidemark.streams.administration.AccessRule;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code topics acls}. */
@Command(
        name = "acls",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        abbreviateSynopsis = true,
        description = {
            "Prints, as calls of kafka-acls.sh, who must be allowed what at a cluster that has an authorizer.",
            "Asks nobody and changes nothing. Takes serve's options and settings."
        })
final class TopicAccessCommand implements Callable<Integer>, CheckedCommand, WithoutVariables {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--principal",
            paramLabel = "NAME",
            defaultValue = "User:tidemark",
            description = "Whom instances are to Kafka. Default: ${DEFAULT-VALUE}")
    private String principal = "User:tidemark";

    @Option(names = "--producer", paramLabel = "NAME", description = "Whom those are that send events.")
    private @Nullable String producer;

    @Mixin
    private MeteringOptions options = new MeteringOptions();

    @Override
    public List<String> faults() {
        return options.faults(TidemarkCommand.sources(spec));
    }

    @Override
    public Integer call() {
        MeteringSettings given = options.settings();
        var rules = new ArrayList<>(AccessRule.ofInstances(given, principal));
        if (producer != null) {
            rules.addAll(AccessRule.ofProducers(given, producer));
        }
        var out = spec.commandLine().getOut();
        rules.forEach(rule -> out.println(
                "kafka-acls.sh --bootstrap-server " + given.connection().kafka() + " " + rule.arguments()));
        out.flush();
        return ExitCode.OK;
    }
}
