package io.tidemark.dev.registry;

import io.confluent.kafka.schemaregistry.ParsedSchemaHolder;
import io.confluent.kafka.schemaregistry.SimpleParsedSchemaHolder;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.rest.entities.requests.CompatibilityCheckResponse;
import io.confluent.kafka.schemaregistry.client.rest.entities.requests.RegisterSchemaRequest;
import java.util.ArrayList;
import java.util.List;

/** May this schema follow those? Judged by the client library's own rules, at the subject's level. */
final class Compatibility {
    private final Subjects subjects;
    private final SchemaTexts texts;

    Compatibility(Subjects subjects, SchemaTexts texts) {
        this.subjects = subjects;
        this.texts = texts;
    }

    void require(String subject, AvroSchema candidate) {
        var complaints = complaints(subject, candidate, subjects.of(subject, Visibility.LIVE));
        if (!complaints.isEmpty()) {
            throw Fault.incompatible(subject, complaints);
        }
    }

    /** Against one version; a subject that has none yet takes anything as its first. */
    List<String> against(String subject, VersionId version, RegisterSchemaRequest request, boolean normalize) {
        var candidate = texts.read(subject, request, true, normalize);
        var earlier = subjects.find(subject, version, Visibility.LIVE);
        if (earlier.isEmpty() && !version.isLatest()) {
            throw subjects.of(subject, Visibility.LIVE).isEmpty()
                    ? Fault.subjectNotFound(subject)
                    : Fault.versionNotFound(version);
        }
        return complaints(subject, candidate, earlier.stream().toList());
    }

    /** Against the versions that a registration would be held to. */
    List<String> againstAll(String subject, RegisterSchemaRequest request, boolean normalize) {
        var candidate = texts.read(subject, request, true, normalize);
        return complaints(subject, candidate, subjects.of(subject, Visibility.LIVE));
    }

    static CompatibilityCheckResponse response(List<String> complaints, boolean verbose) {
        var response = new CompatibilityCheckResponse();
        response.setIsCompatible(complaints.isEmpty());
        response.setMessages(verbose ? complaints : null);
        return response;
    }

    private List<String> complaints(String subject, AvroSchema candidate, List<StoredSchema> oldestFirst) {
        var level = subjects.levels().at(Scope.of(subject));
        var history = new ArrayList<ParsedSchemaHolder>();
        oldestFirst.forEach(it -> history.add(new SimpleParsedSchemaHolder(texts.read(it))));
        var complaints = new ArrayList<>(candidate.isCompatible(level, history));
        if (!complaints.isEmpty()) {
            complaints.add("{compatibility: '" + level + "'}");
        }
        return complaints;
    }
}
