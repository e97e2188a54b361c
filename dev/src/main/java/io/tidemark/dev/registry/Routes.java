package io.tidemark.dev.registry;

import static io.tidemark.dev.registry.Asked.flag;
import static io.tidemark.dev.registry.Asked.id;
import static io.tidemark.dev.registry.Asked.prefix;
import static io.tidemark.dev.registry.Asked.schema;
import static io.tidemark.dev.registry.Asked.subject;
import static io.tidemark.dev.registry.Asked.version;
import static io.tidemark.dev.registry.Asked.visibility;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
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
        compatibility(to);
        settings.on(to);
        to.after(Routes::speakAsAsked);
        Failures.handle(to);
    }

    private void subjects(RoutesConfig to) {
        var versions = "/subjects/{subject}/versions";
        var version = versions + "/{version}";
        to.get("/subjects", it -> it.json(catalogue.subjects(prefix(it), visibility(it))));
        to.post(
                "/subjects/{subject}",
                it -> it.json(catalogue.lookUp(subject(it), schema(it), flag(it, "normalize"), visibility(it))));
        to.delete("/subjects/{subject}", it -> it.json(deletion.deleteSubject(subject(it), flag(it, "permanent"))));
        to.get(versions, it -> it.json(catalogue.versions(subject(it), visibility(it))));
        to.post(
                versions,
                it -> it.json(new RegisterSchemaResponse(
                        registration.register(subject(it), schema(it), flag(it, "normalize")))));
        to.get(version, it -> it.json(catalogue.version(subject(it), version(it), visibility(it))));
        to.get(
                version + "/schema",
                it -> text(
                        it,
                        catalogue
                                .version(subject(it), version(it), visibility(it))
                                .getSchema()));
        to.get(version + "/referencedby", it -> it.json(catalogue.referencedBy(subject(it), version(it))));
        to.delete(version, it -> it.json(deletion.deleteVersion(subject(it), version(it), flag(it, "permanent"))));
    }

    private void schemas(RoutesConfig to) {
        to.get("/schemas/types", it -> it.json(List.of(AvroSchema.TYPE)));
        to.get("/schemas/ids/{id}", it -> it.json(catalogue.schema(id(it), flag(it, "fetchMaxId"))));
        to.get(
                "/schemas/ids/{id}/schema",
                it -> text(it, catalogue.schema(id(it), false).getSchemaString()));
        to.get("/schemas/ids/{id}/subjects", it -> it.json(catalogue.subjectsOf(id(it), visibility(it))));
        to.get("/schemas/ids/{id}/versions", it -> it.json(catalogue.versionsOf(id(it), visibility(it))));
    }

    private void compatibility(RoutesConfig to) {
        var all = "/compatibility/subjects/{subject}/versions";
        to.post(
                all,
                it -> it.json(Compatibility.response(
                        compatibility.againstAll(subject(it), schema(it), flag(it, "normalize")),
                        flag(it, "verbose"))));
        to.post(
                all + "/{version}",
                it -> it.json(Compatibility.response(
                        compatibility.against(subject(it), version(it), schema(it), flag(it, "normalize")),
                        flag(it, "verbose"))));
    }

    private static void text(Context answer, String json) {
        answer.contentType("application/json").result(json);
    }

    private static void speakAsAsked(Context answer) {
        var accepted = answer.header("Accept");
        var plain = accepted != null && accepted.contains("application/json") && !accepted.contains("schemaregistry");
        answer.contentType(plain ? "application/json" : CONFLUENT_JSON);
    }
}
