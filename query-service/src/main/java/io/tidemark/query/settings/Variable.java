package io.tidemark.query.settings;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Environment variables that are ours: {@code http-port} is {@code TIDEMARK_HTTP_PORT}. */
public final class Variable {
    static final String PREFIX = "TIDEMARK_";
    /** A variable with this ending names a file that holds the value. */
    static final String FILE = "_FILE";

    /** What other parts of an installation read or set; none of it is a setting. */
    private static final Set<String> OTHERS = Set.of(
            "TIDEMARK_CONFIG",
            "TIDEMARK_HELP",
            "TIDEMARK_HOME",
            "TIDEMARK_JAVA_OPTIONS",
            "TIDEMARK_LOG_LEVEL",
            "TIDEMARK_VERSION");

    /** Kubernetes sets these in every pod beside a service whose name begins with {@code tidemark}. */
    private static final Pattern SERVICE_LINK =
            Pattern.compile("TIDEMARK_(.*_)?(SERVICE_HOST|SERVICE_PORT(_.*)?|PORT_[0-9]+_(TCP|UDP)(_.*)?)");

    private Variable() {}

    /** The variable of a setting. */
    public static String of(String setting) {
        return PREFIX + setting.toUpperCase(Locale.ROOT).replace('-', '_').replace('.', '_');
    }

    /** Whether a variable should be a setting's. */
    static boolean isOurs(String variable, String value) {
        return variable.startsWith(PREFIX)
                && !OTHERS.contains(variable)
                && !SERVICE_LINK.matcher(variable).matches()
                && !(variable.endsWith("_PORT") && value.startsWith("tcp://"));
    }

    /** {@code TIDEMARK_KAFKA_SASL_MECHANISM} passes {@code sasl.mechanism} on to Kafka's clients. */
    static String passedOn(String variable, String prefix) {
        return variable.substring(of(prefix).length()).toLowerCase(Locale.ROOT).replace('_', '.');
    }
}
