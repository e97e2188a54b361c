package io.tidemark.dev.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Hides versions, and removes for good what was hidden before. */
final class Deletion {
    private final Ledger ledger;
    private final Subjects subjects;

    Deletion(Ledger ledger, Subjects subjects) {
        this.ledger = ledger;
        this.subjects = subjects;
    }

    /** Returns the numbers of the versions deleted. */
    List<Integer> deleteSubject(String subject, boolean permanent) {
        return ledger.write(() -> permanent ? removed(subject) : hidden(subject));
    }

    /** Returns the number of the version deleted. */
    int deleteVersion(String subject, VersionId version, boolean permanent) {
        return ledger.write(() -> {
            var target = target(subject, version, permanent);
            return permanent ? removed(target) : hidden(target);
        });
    }

    private Change<List<Integer>> hidden(String subject) {
        requireExisting(subject);
        var live = subjects.of(subject, Visibility.LIVE);
        if (live.isEmpty()) {
            throw Fault.subjectSoftDeleted(subject);
        }
        requirePermission(subject, live, false);
        var entries = new ArrayList<Entry>();
        entries.add(new Entry.SubjectDeleted(subject, live.get(live.size() - 1).version()));
        // As Confluent does: a subject that comes back starts with everyone's settings.
        var scope = Scope.of(subject);
        subjects.levels().setAt(scope).ifPresent(it -> entries.add(new Entry.LevelSet(scope, Optional.empty())));
        subjects.modes().setAt(scope).ifPresent(it -> entries.add(new Entry.ModeSet(scope, Optional.empty())));
        return new Change<>(numbers(live), entries);
    }

    private Change<List<Integer>> removed(String subject) {
        requireExisting(subject);
        if (!subjects.of(subject, Visibility.LIVE).isEmpty()) {
            throw Fault.subjectNotSoftDeleted(subject);
        }
        var all = subjects.of(subject, Visibility.ALL);
        requirePermission(subject, all, true);
        return new Change<>(numbers(all), removal(all));
    }

    private Change<Integer> hidden(StoredSchema target) {
        if (target.deleted()) {
            throw Fault.versionSoftDeleted(target);
        }
        requirePermission(target.subject(), List.of(target), false);
        return Change.of(target.version(), new Entry.Stored(target.asDeleted()));
    }

    private Change<Integer> removed(StoredSchema target) {
        if (!target.deleted()) {
            throw Fault.versionNotSoftDeleted(target);
        }
        requirePermission(target.subject(), List.of(target), true);
        return new Change<>(target.version(), removal(List.of(target)));
    }

    /** The mark of the highest id goes first: a failure between the two must not lose it. */
    private List<Entry> removal(List<StoredSchema> gone) {
        var entries = new ArrayList<Entry>();
        entries.add(new Entry.IdsUsed(subjects.highestId()));
        gone.forEach(it -> entries.add(new Entry.Removed(it.subject(), it.version())));
        return entries;
    }

    private StoredSchema target(String subject, VersionId version, boolean permanent) {
        requireExisting(subject);
        var preferred = permanent ? Visibility.DELETED : Visibility.LIVE;
        return subjects.find(subject, version, preferred)
                .or(() -> subjects.find(subject, version, Visibility.ALL))
                .orElseThrow(() -> Fault.versionNotFound(version));
    }

    private void requireExisting(String subject) {
        if (subjects.of(subject, Visibility.ALL).isEmpty()) {
            throw Fault.subjectNotFound(subject);
        }
    }

    private void requirePermission(String subject, List<StoredSchema> doomed, boolean permanent) {
        if (subjects.modeOf(Scope.of(subject)).isReadOnly()) {
            throw Fault.notPermitted("Subject " + subject + " is in read-only mode");
        }
        var visibility = permanent ? Visibility.ALL : Visibility.LIVE;
        for (var it : doomed) {
            if (subjects.referencing(it.subject(), it.version()).stream().anyMatch(visibility::shows)) {
                throw Fault.referenced(it);
            }
        }
    }

    private static List<Integer> numbers(List<StoredSchema> versions) {
        return versions.stream().map(StoredSchema::version).toList();
    }
}
