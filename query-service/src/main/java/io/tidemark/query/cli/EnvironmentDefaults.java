package io.tidemark.query.cli;

import java.lang.reflect.Field;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * {@code --http-port} may be given as {@code TIDEMARK_HTTP_PORT}, and so on for every option of a process. Fields of an
 * event have no variable: whoever sends one says what is in it.
 */
final class EnvironmentDefaults implements IDefaultValueProvider {
    private final Map<String, String> environment;

    EnvironmentDefaults(Map<String, String> environment) {
        this.environment = environment;
    }

    /** Null makes picocli take the default that the option itself declares. */
    @Override
    public @Nullable String defaultValue(ArgSpec argument) {
        boolean declared = argument instanceof OptionSpec && argument.userObject() instanceof Field;
        return declared ? environment.get(variable(((OptionSpec) argument).longestName())) : null;
    }

    static String variable(String option) {
        return "TIDEMARK_" + option.replaceFirst("^--", "").replace('-', '_').toUpperCase(Locale.ROOT);
    }
}
