package io.tidemark.dev.registry;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.confluent.kafka.schemaregistry.CompatibilityLevel;
import java.util.Optional;

/**
 * One record of the topic, in Confluent's JSON. The order of a key's fields is part of the key: compaction compares
 * bytes. An absent value is a tombstone.
 */
sealed interface Entry {
    void applyTo(Subjects subjects);

    ObjectNode key();

    Optional<ObjectNode> value();

    /** A version, new or changed. */
    record Stored(StoredSchema schema) implements Entry {
        @Override
        public void applyTo(Subjects subjects) {
            subjects.store(schema);
        }

        @Override
        public ObjectNode key() {
            return schemaKey(schema.subject(), schema.version());
        }

        @Override
        public Optional<ObjectNode> value() {
            var value = object().put("subject", schema.subject())
                    .put("version", schema.version())
                    .put("id", schema.id());
            if (!schema.body().references().isEmpty()) {
                var references = value.putArray("references");
                schema.body()
                        .references()
                        .forEach(it -> references
                                .addObject()
                                .put("name", it.getName())
                                .put("subject", it.getSubject())
                                .put("version", it.getVersion()));
            }
            return Optional.of(value.put("schema", schema.body().text()).put("deleted", schema.deleted()));
        }
    }

    /** A version that is gone for good. */
    record Removed(String subject, int version) implements Entry {
        @Override
        public void applyTo(Subjects subjects) {
            subjects.remove(subject, version);
        }

        @Override
        public ObjectNode key() {
            return schemaKey(subject, version);
        }

        @Override
        public Optional<ObjectNode> value() {
            return Optional.empty();
        }
    }

    /** All versions of a subject up to this one are hidden. */
    record SubjectDeleted(String subject, int lastVersion) implements Entry {
        @Override
        public void applyTo(Subjects subjects) {
            subjects.hide(subject, lastVersion);
        }

        @Override
        public ObjectNode key() {
            return object().put("keytype", "DELETE_SUBJECT")
                    .put("subject", subject)
                    .put("magic", 0);
        }

        @Override
        public Optional<ObjectNode> value() {
            return Optional.of(object().put("subject", subject).put("version", lastVersion));
        }
    }

    record LevelSet(Scope scope, Optional<CompatibilityLevel> level) implements Entry {
        @Override
        public void applyTo(Subjects subjects) {
            subjects.levels().set(scope, level);
        }

        @Override
        public ObjectNode key() {
            return settingKey("CONFIG", scope);
        }

        @Override
        public Optional<ObjectNode> value() {
            return level.map(it -> object().put("compatibilityLevel", it.name()));
        }
    }

    record ModeSet(Scope scope, Optional<Mode> mode) implements Entry {
        @Override
        public void applyTo(Subjects subjects) {
            subjects.modes().set(scope, mode);
        }

        @Override
        public ObjectNode key() {
            return settingKey("MODE", scope);
        }

        @Override
        public Optional<ObjectNode> value() {
            return mode.map(it -> object().put("mode", it.name()));
        }
    }

    /**
     * How far the ids have been given out. Written before a version is removed for good, whose record may have been the
     * only one to tell. It rides on the key of Confluent's no-operation record, whose value other readers skip.
     */
    record IdsUsed(int highest) implements Entry {
        @Override
        public void applyTo(Subjects subjects) {
            subjects.idsUsed(highest);
        }

        @Override
        public ObjectNode key() {
            return object().put("keytype", "NOOP").put("magic", 0);
        }

        @Override
        public Optional<ObjectNode> value() {
            return Optional.of(object().put("highestId", highest));
        }
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static ObjectNode schemaKey(String subject, int version) {
        return object().put("keytype", "SCHEMA")
                .put("subject", subject)
                .put("version", version)
                .put("magic", 1);
    }

    private static ObjectNode settingKey(String type, Scope scope) {
        return object().put("keytype", type)
                .put("subject", scope.subject().orElse(null))
                .put("magic", 0);
    }
}
