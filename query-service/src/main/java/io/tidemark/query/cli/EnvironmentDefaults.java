package io.tidemark.query.cli;

import java.lang.reflect.Field;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * {@code --http-port} may be given as {@code TIDEMARK_HTTP_PORT}, and so on for every option of a process. What an
 * event or a key holds has no variable: whoever makes one says what is in it.
 */
final class EnvironmentDefaults implements IDefaultValueProvider {
    private final Map<String, String> environment;

    EnvironmentDefaults(Map<String, String> environment) {
        this.environment = environment;
    }

    /** Null makes picocli take the default that the option itself declares. */
    @Override
    public @Nullable String defaultValue(ArgSpec argument) {
        return argument instanceof OptionSpec option && hasVariable(option)
                ? environment.get(variable(option.longestName()))
                : null;
    }

    /** Not the help: an image may well set TIDEMARK_VERSION, and means something else by it. */
    private static boolean hasVariable(OptionSpec option) {
        return option.userObject() instanceof Field field
                && !WithoutVariables.class.isAssignableFrom(field.getDeclaringClass())
                && !option.usageHelp()
                && !option.versionHelp();
    }

    static String variable(String option) {
        return "TIDEMARK_" + option.replaceFirst("^--", "").replace('-', '_').toUpperCase(Locale.ROOT);
    }
}
