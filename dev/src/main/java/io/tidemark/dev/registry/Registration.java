package io.tidemark.dev.registry;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.rest.entities.requests.RegisterSchemaRequest;
import org.jspecify.annotations.Nullable;

/** Adds versions to subjects. */
final class Registration {
    private final Ledger ledger;
    private final Subjects subjects;
    private final SchemaTexts texts;
    private final Compatibility compatibility;

    Registration(Ledger ledger, Subjects subjects, SchemaTexts texts, Compatibility compatibility) {
        this.ledger = ledger;
        this.subjects = subjects;
        this.texts = texts;
        this.compatibility = compatibility;
    }

    /** Returns the schema's id; registering what is already there changes nothing and needs no permission. */
    int register(String subject, RegisterSchemaRequest request, boolean normalize) {
        return ledger.write(() -> decide(subject, request, normalize));
    }

    private Change<Integer> decide(String subject, RegisterSchemaRequest request, boolean normalize) {
        var schema = texts.read(subject, request, true, normalize);
        var body = SchemaBody.of(schema);
        var known = subjects.find(subject, body, Visibility.LIVE);
        if (known.isPresent() && isWanted(request.getId(), known.get().id())) {
            return Change.none(known.get().id());
        }
        var mode = subjects.modeOf(Scope.of(subject));
        if (mode.isReadOnly()) {
            throw Fault.notPermitted("Subject " + subject + " is in read-only mode");
        }
        return mode == Mode.IMPORT ? imported(subject, body, request) : added(subject, schema, body, request);
    }

    private Change<Integer> added(String subject, AvroSchema schema, SchemaBody body, RegisterSchemaRequest request) {
        var version = subjects.nextVersion(subject);
        if (isGiven(request.getId()) || !isWanted(request.getVersion(), version)) {
            throw Fault.notPermitted("Subject " + subject + " is not in import mode");
        }
        compatibility.require(subject, schema);
        var id = subjects.idOf(body).orElseGet(() -> subjects.highestId() + 1);
        return stored(subject, version, id, body);
    }

    /** Ids and versions come from elsewhere, but one id never means two schemas. */
    private Change<Integer> imported(String subject, SchemaBody body, RegisterSchemaRequest request) {
        var id = request.getId();
        if (id == null || id <= 0) {
            throw Fault.notPermitted("Subject " + subject + " is in import mode: an id is needed");
        }
        if (subjects.withId(id).stream().anyMatch(it -> !it.body().equals(body))) {
            throw Fault.notPermitted("Overwrite new schema with id " + id + " is not permitted.");
        }
        var given = request.getVersion();
        var version = given == null || given <= 0 ? subjects.nextVersion(subject) : given;
        if (subjects.find(subject, new VersionId(version), Visibility.ALL).isPresent()) {
            throw Fault.notPermitted("Subject " + subject + " has a version " + version + " already");
        }
        return stored(subject, version, id, body);
    }

    private static Change<Integer> stored(String subject, int version, int id, SchemaBody body) {
        return Change.of(id, new Entry.Stored(new StoredSchema(subject, version, id, body, false)));
    }

    private static boolean isGiven(@Nullable Integer number) {
        return number != null && number > 0;
    }

    private static boolean isWanted(@Nullable Integer wanted, int actual) {
        return wanted == null || wanted <= 0 || wanted == actual;
    }
}
