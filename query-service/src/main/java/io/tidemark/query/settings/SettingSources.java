package io.tidemark.query.settings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the environment and the settings file say; of two that say something the environment wins. An empty value
 * counts as not given, except for what is passed on to Kafka, where it may mean something.
 */
public final class SettingSources {
    /** Settings that begin so are passed on to the clients of Kafka and of the registry. */
    private static final List<String> PASSED_ON = List.of("kafka.", "registry.");

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9.-]{0,60}");

    private final Set<String> known;
    private final Map<String, Given> variables = new TreeMap<>();
    private final Map<String, Given> lines = new TreeMap<>();
    private final List<String> faults = new ArrayList<>();

    /**
     * Reads both.
     *
     * @param file the settings file, where there is one
     * @param known every setting's name
     */
    public SettingSources(Map<String, String> environment, Optional<Path> file, Set<String> known) {
        this.known = Set.copyOf(known);
        new TreeMap<>(environment).forEach((variable, value) -> {
            if (Variable.isOurs(variable, value) && !(value.isEmpty() && variable.endsWith(Variable.FILE))) {
                variables.put(setting(variable), new Given(value(variable, value, environment), variable));
            }
        });
        file.ifPresent(path -> SettingsFile.read(path, faults)
                .forEach((name, value) ->
                        lines.put(name, new Given(Secrets.filledIn(name, value, faults), path.toString()))));
    }

    /** The variable whose value it is: {@code TIDEMARK_API_KEY_FILE} gives {@code TIDEMARK_API_KEY}. */
    private static String setting(String variable) {
        return variable.endsWith(Variable.FILE)
                ? variable.substring(0, variable.length() - Variable.FILE.length())
                : variable;
    }

    private String value(String variable, String value, Map<String, String> environment) {
        if (!variable.endsWith(Variable.FILE)) {
            return Secrets.filledIn(variable, value, faults);
        }
        if (!environment.getOrDefault(setting(variable), "").isEmpty()) {
            faults.add(setting(variable) + " and " + variable + " are both set");
        }
        return Secrets.read(value, faults);
    }

    /** What a setting was given. */
    public Optional<Given> find(String name) {
        return given(variables.get(Variable.of(name))).or(() -> given(lines.get(name)));
    }

    private static Optional<Given> given(@Nullable Given given) {
        return Optional.ofNullable(given).filter(found -> !found.value().isEmpty());
    }

    /**
     * What is passed on.
     *
     * @param prefix {@code kafka.} or {@code registry.}, which the names in the answer do not have
     */
    public Map<String, Given> passedOn(String prefix) {
        var passed = new TreeMap<String, Given>();
        lines.forEach((name, given) -> {
            if (name.startsWith(prefix)) {
                passed.put(name.substring(prefix.length()), given);
            }
        });
        variables.forEach((variable, given) -> {
            if (isPassedOn(variable, prefix)) {
                passed.put(Variable.passedOn(variable, prefix), given);
            }
        });
        return passed;
    }

    private boolean isPassedOn(String variable, String prefix) {
        return variable.startsWith(Variable.of(prefix))
                && !variablesOfSettings().containsKey(variable);
    }

    private Map<String, String> variablesOfSettings() {
        return known.stream().collect(Collectors.toMap(Variable::of, name -> name, (one, same) -> one, HashMap::new));
    }

    /** What is wrong with the sources: files that cannot be read, names in the settings file that nobody knows. */
    public List<String> faults() {
        var all = new ArrayList<>(faults);
        lines.forEach((name, given) -> {
            if (!known.contains(name) && PASSED_ON.stream().noneMatch(name::startsWith)) {
                all.add(given.origin() + ": " + unknown(name));
            }
        });
        return all;
    }

    /** What is left of a secret of several lines must not be shown as if it were a name. */
    private String unknown(String name) {
        return NAME.matcher(name).matches()
                ? "unknown setting " + name + DidYouMean.ending(name, known)
                : "a line is no setting; is a backslash missing at the end of the one before?";
    }

    /** Variables that begin like ours and that nobody knows. */
    public List<String> unknownVariables() {
        Set<String> names = variablesOfSettings().keySet();
        return variables.entrySet().stream()
                .filter(entry -> !names.contains(entry.getKey()))
                .filter(entry -> PASSED_ON.stream().noneMatch(prefix -> isPassedOn(entry.getKey(), prefix)))
                .map(entry ->
                        "unknown variable " + entry.getValue().origin() + DidYouMean.ending(entry.getKey(), names))
                .toList();
    }

    /** What is passed on to Kafka and has a name that Kafka does not know, as sentences; it may be a plug-in's. */
    public static List<String> unknownToKafka(Set<String> given, Set<String> knownToKafka) {
        return given.stream()
                .sorted()
                .map(name -> "kafka." + name + " is unknown to Kafka" + DidYouMean.ending(name, knownToKafka))
                .toList();
    }
}
