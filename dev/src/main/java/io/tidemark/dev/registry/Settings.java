package io.tidemark.dev.registry;

import io.confluent.kafka.schemaregistry.CompatibilityLevel;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Compatibility levels and modes, everyone's and single subjects'. */
final class Settings {
    private final Ledger ledger;
    private final Subjects subjects;

    Settings(Ledger ledger, Subjects subjects) {
        this.ledger = ledger;
        this.subjects = subjects;
    }

    CompatibilityLevel level(Scope scope, boolean defaultToGlobal) {
        return read(subjects.levels(), scope, defaultToGlobal, Fault::noLevelOf);
    }

    Mode mode(Scope scope, boolean defaultToGlobal) {
        return read(subjects.modes(), scope, defaultToGlobal, Fault::noModeOf);
    }

    CompatibilityLevel setLevel(Scope scope, @Nullable String name) {
        var level = named(CompatibilityLevel.values(), name).orElseThrow(Fault::invalidLevel);
        return ledger.write(() -> {
            requireWritable(scope);
            return Change.of(level, new Entry.LevelSet(scope, Optional.of(level)));
        });
    }

    /** Importing needs an empty place, because ids come from elsewhere, unless it is forced. */
    Mode setMode(Scope scope, @Nullable String name, boolean force) {
        var mode = named(Mode.values(), name).orElseThrow(Fault::invalidMode);
        return ledger.write(() -> {
            if (mode == Mode.IMPORT && !force && isInhabited(scope)) {
                throw Fault.notPermitted("Cannot import since found existing subjects");
            }
            return Change.of(mode, new Entry.ModeSet(scope, Optional.of(mode)));
        });
    }

    /** Back to the default; returns what held before. */
    CompatibilityLevel deleteLevel(Scope scope) {
        return ledger.write(() -> {
            requireWritable(scope);
            var before = before(subjects.levels(), scope);
            return Change.of(before, new Entry.LevelSet(scope, Optional.empty()));
        });
    }

    /** Back to the default; returns what held before. */
    Mode deleteMode(Scope scope) {
        return ledger.write(() -> {
            var before = before(subjects.modes(), scope);
            return Change.of(before, new Entry.ModeSet(scope, Optional.empty()));
        });
    }

    private static <T> T read(Scoped<T> setting, Scope scope, boolean orElseGlobal, Function<String, Fault> missing) {
        if (scope.subject().isEmpty() || orElseGlobal) {
            return setting.at(scope);
        }
        return setting.setAt(scope)
                .orElseThrow(() -> missing.apply(scope.subject().get()));
    }

    private static <T> T before(Scoped<T> setting, Scope scope) {
        scope.subject().filter(it -> setting.setAt(scope).isEmpty()).ifPresent(it -> {
            throw Fault.subjectNotFound(it);
        });
        return setting.at(scope);
    }

    private void requireWritable(Scope scope) {
        if (subjects.modeOf(scope).isReadOnly()) {
            throw Fault.notPermitted(
                    scope.subject().map(it -> "Subject " + it).orElse("The registry") + " is in read-only mode");
        }
    }

    private boolean isInhabited(Scope scope) {
        return scope.subject()
                .map(it -> !subjects.of(it, Visibility.LIVE).isEmpty())
                .orElseGet(() -> !subjects.names(Visibility.LIVE).isEmpty());
    }

    private static <E extends Enum<E>> Optional<E> named(E[] values, @Nullable String name) {
        var wanted = name == null ? "" : name.toUpperCase(Locale.ROOT);
        return Arrays.stream(values).filter(it -> it.name().equals(wanted)).findFirst();
    }
}
