package io.tidemark.dev.registry;

import io.confluent.kafka.schemaregistry.client.rest.entities.Schema;
import io.confluent.kafka.schemaregistry.client.rest.entities.SchemaString;
import io.confluent.kafka.schemaregistry.client.rest.entities.SubjectVersion;
import io.confluent.kafka.schemaregistry.client.rest.entities.requests.RegisterSchemaRequest;
import java.util.List;

/** Answers what is asked about subjects and schemas, in the REST API's own shapes. */
final class Catalogue {
    private final Subjects subjects;
    private final SchemaTexts texts;

    Catalogue(Subjects subjects, SchemaTexts texts) {
        this.subjects = subjects;
        this.texts = texts;
    }

    List<String> subjects(String prefix, Visibility visibility) {
        return subjects.names(visibility).stream()
                .filter(it -> it.startsWith(prefix))
                .toList();
    }

    List<Integer> versions(String subject, Visibility visibility) {
        var versions = subjects.of(subject, visibility);
        if (versions.isEmpty()) {
            throw Fault.subjectNotFound(subject);
        }
        return versions.stream().map(StoredSchema::version).toList();
    }

    Schema version(String subject, VersionId version, Visibility visibility) {
        return subjects.find(subject, version, visibility)
                .map(StoredSchema::entity)
                .orElseThrow(() -> missing(subject, Fault.versionNotFound(version), visibility));
    }

    /** Ids of the schemas that refer to this one. */
    List<Integer> referencedBy(String subject, VersionId version) {
        var target = version(subject, version, Visibility.LIVE);
        return subjects.referencing(subject, target.getVersion()).stream()
                .filter(Visibility.LIVE::shows)
                .map(StoredSchema::id)
                .distinct()
                .toList();
    }

    Schema lookUp(String subject, RegisterSchemaRequest request, boolean normalize, Visibility visibility) {
        if (subjects.of(subject, visibility).isEmpty()) {
            throw Fault.subjectNotFound(subject);
        }
        var body = SchemaBody.of(texts.read(subject, request, false, normalize));
        return subjects.find(subject, body, visibility)
                .map(StoredSchema::entity)
                .orElseThrow(Fault::schemaNotFound);
    }

    /** By id, hidden or not: records written with it must stay readable. */
    SchemaString schema(int id, boolean withHighestId) {
        var schema = new SchemaString(withId(id).get(0).entity());
        if (withHighestId) {
            schema.setMaxId(subjects.highestId());
        }
        return schema;
    }

    String text(int id) {
        return withId(id).get(0).body().text();
    }

    List<String> subjectsOf(int id, Visibility visibility) {
        return withId(id).stream()
                .filter(visibility::shows)
                .map(StoredSchema::subject)
                .distinct()
                .toList();
    }

    List<SubjectVersion> versionsOf(int id, Visibility visibility) {
        return withId(id).stream()
                .filter(visibility::shows)
                .map(it -> new SubjectVersion(it.subject(), it.version()))
                .toList();
    }

    private List<StoredSchema> withId(int id) {
        var versions = subjects.withId(id);
        if (versions.isEmpty()) {
            throw Fault.schemaNotFound(id);
        }
        return versions;
    }

    private Fault missing(String subject, Fault otherwise, Visibility visibility) {
        return subjects.of(subject, visibility).isEmpty() ? Fault.subjectNotFound(subject) : otherwise;
    }
}
