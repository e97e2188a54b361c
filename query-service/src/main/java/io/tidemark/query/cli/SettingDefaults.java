package io.tidemark.query.cli;

import io.tidemark.query.settings.Given;
import io.tidemark.query.settings.SettingSources;
import java.lang.reflect.Field;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * {@code --http-port} may be given as {@code TIDEMARK_HTTP_PORT} or as {@code http-port} in the settings file, and so on
 * for every option of a process. What an event or a key holds is no setting: whoever makes one says what is in it.
 */
final class SettingDefaults implements IDefaultValueProvider {
    /** Has no option: others on the machine see command lines. */
    static final String BOOTSTRAP_KEY = "bootstrap-key";

    /** Has none for the same reason. */
    static final String PEER_SECRET = "peer-secret";

    /** Null makes picocli take the default that the option itself declares. */
    @Override
    public @Nullable String defaultValue(ArgSpec argument) {
        return argument instanceof OptionSpec option && isSetting(option)
                ? TidemarkCommand.sources(option.command())
                        .find(name(option))
                        .filter(given -> fault(option, given).isEmpty())
                        // What stands there is meant: picocli would fill in ${…}.
                        .map(given -> given.value().replace("$", "$$"))
                        .orElse(null)
                : null;
    }

    /** The values of variables and file that their settings cannot have: picocli would stop at the first. */
    static List<String> faults(ParseResult command, SettingSources sources) {
        return of(command.commandSpec()).stream()
                .filter(option -> !command.hasMatchedOption(option))
                .flatMap(option -> sources.find(name(option)).flatMap(given -> fault(option, given)).stream())
                .toList();
    }

    private static Optional<String> fault(OptionSpec option, Given given) {
        var alone = OptionSpec.builder(option.longestName())
                .type(option.type())
                .arity("1")
                .paramLabel(option.paramLabel())
                .build();
        var probe = new CommandLine(CommandSpec.create().addOption(alone));
        try {
            TidemarkCommand.withConverters(probe).parseArgs(option.longestName() + "=" + given.value());
            return Optional.empty();
        } catch (ParameterException cannotBe) {
            return Optional.of(cannotBe.getMessage() + " (in " + given.origin() + ")");
        }
    }

    /** The setting that an option is. */
    static String name(OptionSpec option) {
        return option.longestName().replaceFirst("^--", "");
    }

    /** Not what is passed on, which has names of its own; not the settings file itself; not the help. */
    static boolean isSetting(OptionSpec option) {
        return option.userObject() instanceof Field field
                && !WithoutVariables.class.isAssignableFrom(field.getDeclaringClass())
                && field.getDeclaringClass() != ClientOptions.class
                && field.getDeclaringClass() != TidemarkCommand.class
                && !option.usageHelp()
                && !option.versionHelp();
    }

    /** The settings that a command takes, in the order of its help. */
    static List<OptionSpec> of(CommandSpec command) {
        return command.options().stream().filter(SettingDefaults::isSetting).toList();
    }

    /** What an option is when nobody says anything. */
    static Optional<String> byDefault(OptionSpec option) {
        return Optional.ofNullable(option.defaultValue())
                .or(() -> Optional.ofNullable(option.initialValue())
                        .filter(value -> !(value instanceof Collection))
                        .map(String::valueOf));
    }

    /** Every setting of a command line, that of all commands included. */
    static Set<String> names(CommandSpec root) {
        var names = new TreeSet<String>();
        names.add(BOOTSTRAP_KEY);
        names.add(PEER_SECRET);
        add(root, names);
        return names;
    }

    private static void add(CommandSpec command, Set<String> names) {
        of(command).stream().map(SettingDefaults::name).forEach(names::add);
        command.subcommands().values().forEach(each -> add(each.getCommandSpec(), names));
    }
}
