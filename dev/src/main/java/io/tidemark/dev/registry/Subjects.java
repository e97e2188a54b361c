package io.tidemark.dev.registry;

import io.confluent.kafka.schemaregistry.CompatibilityLevel;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What the log says, in memory. Applying its records in order gives the same answers every time; nothing else changes
 * it. Read by many threads, so every method holds the lock, briefly: a registry for development holds few schemas, and
 * walking all of them is cheaper than keeping indexes right.
 */
final class Subjects {
    private final NavigableMap<String, NavigableMap<Integer, StoredSchema>> versions = new TreeMap<>();
    private final Scoped<CompatibilityLevel> levels = new Scoped<>(CompatibilityLevel.BACKWARD);
    private final Scoped<Mode> modes = new Scoped<>(Mode.READWRITE);
    private int highestId;

    synchronized void store(StoredSchema schema) {
        versions.computeIfAbsent(schema.subject(), name -> new TreeMap<>()).put(schema.version(), schema);
        idsUsed(schema.id());
    }

    synchronized void remove(String subject, int version) {
        var left = versions.get(subject);
        if (left != null && left.remove(version) != null && left.isEmpty()) {
            versions.remove(subject);
        }
    }

    synchronized void hide(String subject, int lastVersion) {
        var all = versions.get(subject);
        if (all != null) {
            all.headMap(lastVersion, true).replaceAll((version, schema) -> schema.asDeleted());
        }
    }

    synchronized void idsUsed(int highest) {
        highestId = Math.max(highestId, highest);
    }

    synchronized int highestId() {
        return highestId;
    }

    Scoped<CompatibilityLevel> levels() {
        return levels;
    }

    Scoped<Mode> modes() {
        return modes;
    }

    Mode modeOf(Scope scope) {
        var everyones = modes.at(Scope.GLOBAL);
        return everyones == Mode.READONLY_OVERRIDE ? everyones : modes.at(scope);
    }

    synchronized List<String> names(Visibility visibility) {
        return versions.keySet().stream()
                .filter(name -> isAnyIn(name, visibility))
                .toList();
    }

    /** A subject counts as deleted when it has no live version left. */
    private boolean isAnyIn(String subject, Visibility visibility) {
        return switch (visibility) {
            case LIVE, ALL -> !of(subject, visibility).isEmpty();
            case DELETED -> of(subject, Visibility.LIVE).isEmpty();
        };
    }

    /** The versions of a subject, oldest first; empty when there is no such subject. */
    synchronized List<StoredSchema> of(String subject, Visibility visibility) {
        var all = versions.get(subject);
        return all == null
                ? List.of()
                : all.values().stream().filter(visibility::shows).toList();
    }

    synchronized Optional<StoredSchema> find(String subject, VersionId version, Visibility visibility) {
        var candidates = of(subject, visibility);
        if (version.isLatest()) {
            return last(candidates);
        }
        return candidates.stream()
                .filter(it -> it.version() == version.number())
                .findFirst();
    }

    /** The newest version of a subject with this very schema. */
    synchronized Optional<StoredSchema> find(String subject, SchemaBody body, Visibility visibility) {
        return last(of(subject, visibility).stream()
                .filter(it -> it.body().equals(body))
                .toList());
    }

    synchronized List<StoredSchema> withId(int id) {
        return all().filter(it -> it.id() == id).toList();
    }

    /** Soft-deleted schemas keep their id: the same schema gets it again. */
    synchronized Optional<Integer> idOf(SchemaBody body) {
        return all().filter(it -> it.body().equals(body)).map(StoredSchema::id).findFirst();
    }

    /** Hidden versions keep their number: it is not given out again until they are gone for good. */
    synchronized int nextVersion(String subject) {
        return last(of(subject, Visibility.ALL)).map(it -> it.version() + 1).orElse(1);
    }

    synchronized List<StoredSchema> referencing(String subject, int version) {
        return all().filter(it -> it.refersTo(subject, version)).toList();
    }

    private Stream<StoredSchema> all() {
        return versions.values().stream().flatMap(it -> it.values().stream());
    }

    private static Optional<StoredSchema> last(List<StoredSchema> oldestFirst) {
        return oldestFirst.isEmpty() ? Optional.empty() : Optional.of(oldestFirst.get(oldestFirst.size() - 1));
    }
}
