package io.tidemark.dev.registry;

import static io.tidemark.dev.registry.Asked.flag;
import static io.tidemark.dev.registry.Asked.id;
import static io.tidemark.dev.registry.Asked.prefix;
import static io.tidemark.dev.registry.Asked.schema;
import static io.tidemark.dev.registry.Asked.subject;
import static io.tidemark.dev.registry.Asked.versionId;
import static io.tidemark.dev.registry.Asked.visibility;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.rest.entities.Schema;
import io.confluent.kafka.schemaregistry.client.rest.entities.requests.RegisterSchemaResponse;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;

/** Every endpoint, as Confluent documents it. */
record Routes(
        Catalogue catalogue,
        Registration registration,
        Deletion deletion,
        Compatibility compatibility,
        SettingsRoutes settings) {
    private static final String CONFLUENT_JSON = "application/vnd.schemaregistry.v1+json";

    void on(RoutesConfig to) {
        to.get("/", it -> it.json(Map.of()));
        subjects(to);
        schemas(to);
        to.post("/compatibility/subjects/{subject}/versions", this::compareWithAll);
        to.post("/compatibility/subjects/{subject}/versions/{version}", this::compareWithOne);
        settings.on(to);
        to.after(Routes::speakAsAsked);
        Failures.handle(to);
    }

    private void subjects(RoutesConfig to) {
        var versions = "/subjects/{subject}/versions";
        var version = versions + "/{version}";
        to.get("/subjects", it -> it.json(catalogue.subjects(prefix(it), visibility(it))));
        to.post("/subjects/{subject}", this::lookUp);
        to.delete("/subjects/{subject}", it -> it.json(deletion.deleteSubject(subject(it), flag(it, "permanent"))));
        to.get(versions, it -> it.json(catalogue.versions(subject(it), visibility(it))));
        to.post(versions, this::register);
        to.get(version, it -> it.json(version(it)));
        to.get(version + "/schema", it -> text(it, version(it).getSchema()));
        to.get(version + "/referencedby", it -> it.json(catalogue.referencedBy(subject(it), versionId(it))));
        to.delete(version, it -> it.json(deletion.deleteVersion(subject(it), versionId(it), flag(it, "permanent"))));
    }

    private void schemas(RoutesConfig to) {
        var schema = "/schemas/ids/{id}";
        to.get("/schemas/types", it -> it.json(List.of(AvroSchema.TYPE)));
        to.get(schema, it -> it.json(catalogue.schema(id(it), flag(it, "fetchMaxId"))));
        to.get(schema + "/schema", it -> text(it, catalogue.text(id(it))));
        to.get(schema + "/subjects", it -> it.json(catalogue.subjectsOf(id(it), visibility(it))));
        to.get(schema + "/versions", it -> it.json(catalogue.versionsOf(id(it), visibility(it))));
    }

    private void register(Context it) {
        var id = registration.register(subject(it), schema(it), flag(it, "normalize"));
        it.json(new RegisterSchemaResponse(id));
    }

    private void lookUp(Context it) {
        it.json(catalogue.lookUp(subject(it), schema(it), flag(it, "normalize"), visibility(it)));
    }

    private Schema version(Context it) {
        return catalogue.version(subject(it), versionId(it), visibility(it));
    }

    private void compareWithAll(Context it) {
        var complaints = compatibility.againstAll(subject(it), schema(it), flag(it, "normalize"));
        it.json(Compatibility.response(complaints, flag(it, "verbose")));
    }

    private void compareWithOne(Context it) {
        var complaints = compatibility.against(subject(it), versionId(it), schema(it), flag(it, "normalize"));
        it.json(Compatibility.response(complaints, flag(it, "verbose")));
    }

    private static void text(Context it, String json) {
        it.contentType("application/json").result(json);
    }

    private static void speakAsAsked(Context it) {
        var accepted = it.header("Accept");
        var plain = accepted != null && accepted.contains("application/json") && !accepted.contains("schemaregistry");
        it.contentType(plain ? "application/json" : CONFLUENT_JSON);
    }
}
