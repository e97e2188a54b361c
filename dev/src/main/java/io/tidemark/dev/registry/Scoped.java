package io.tidemark.dev.registry;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A setting with a default, a value for everyone, and values of single subjects. */
final class Scoped<T> {
    private final T fallback;
    private final Map<Scope, T> values = new ConcurrentHashMap<>();

    Scoped(T fallback) {
        this.fallback = fallback;
    }

    void set(Scope scope, Optional<T> value) {
        value.ifPresentOrElse(it -> values.put(scope, it), () -> values.remove(scope));
    }

    Optional<T> setAt(Scope scope) {
        return Optional.ofNullable(values.get(scope));
    }

    /** What holds for the scope, whoever set it. */
    T at(Scope scope) {
        return setAt(scope).or(() -> setAt(Scope.GLOBAL)).orElse(fallback);
    }
}
