package io.tidemark.query.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.query.settings.Given;
import io.tidemark.query.settings.SettingSources;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code config}: what {@code serve} would go by. */
@Command(
        name = "config",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        abbreviateSynopsis = true,
        description = {
            "Prints every setting of serve, what it is, who says so, and what it is by default. Takes serve's options.",
            "Secrets are not shown. With --template it prints a settings file with all settings explained."
        })
final class ConfigCommand implements Callable<Integer>, CheckedCommand, WithoutVariables {
    private static final List<String> COLUMNS = List.of("setting", "value", "origin", "default");
    private static final String DEFAULT = "default";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--json", description = "Print JSON instead of a table.")
    private boolean json;

    @Option(names = "--template", description = "Print a settings file to start from.")
    private boolean template;

    @Mixin
    private InstanceOptions options = new InstanceOptions();

    /** Only what is said of names: a setting that is missing or wrong is best seen in the table. */
    @Override
    public List<String> faults() {
        return TidemarkCommand.sources(spec).unknownVariables();
    }

    @Override
    public Integer call() {
        if (template) {
            SettingsTemplate.print(spec);
        } else {
            SettingSources sources = TidemarkCommand.sources(spec);
            Table.print(spec.commandLine(), table(sources), COLUMNS, json);
            options.unknownToKafka(sources)
                    .forEach(sentence -> spec.commandLine().getErr().println("warning: " + sentence));
        }
        return ExitCode.OK;
    }

    private ObjectNode table(SettingSources sources) {
        var answer = JsonNodeFactory.instance.objectNode();
        var rows = answer.putArray("data");
        SettingDefaults.of(spec).forEach(option -> rows.add(row(option, sources)));
        List.of(SettingDefaults.BOOTSTRAP_KEY, SettingDefaults.PEER_SECRET)
                .forEach(name -> row(name, sources.find(name), Optional.empty(), rows.addObject()));
        options.passedOn(sources)
                .forEach((name, given) -> row(name, Optional.of(given), Optional.empty(), rows.addObject()));
        return answer;
    }

    private ObjectNode row(OptionSpec option, SettingSources sources) {
        String name = SettingDefaults.name(option);
        var asGiven = spec.commandLine().getParseResult().hasMatchedOption(option)
                ? Optional.of(new Given(String.join(",", option.originalStringValues()), "option"))
                : sources.find(name);
        return row(name, asGiven, SettingDefaults.byDefault(option), JsonNodeFactory.instance.objectNode());
    }

    private static ObjectNode row(String name, Optional<Given> given, Optional<String> byDefault, ObjectNode row) {
        return row.put("setting", name)
                .put(
                        "value",
                        given.map(Given::value)
                                .or(() -> byDefault)
                                .map(value -> Shown.of(name, value))
                                .orElse(null))
                .put("origin", given.map(Given::origin).orElse(DEFAULT))
                .put("default", byDefault.orElse(null));
    }
}
