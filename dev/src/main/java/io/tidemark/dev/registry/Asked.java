package io.tidemark.dev.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.confluent.kafka.schemaregistry.client.rest.entities.requests.RegisterSchemaRequest;
import io.confluent.kafka.schemaregistry.utils.JacksonMapper;
import io.javalin.http.Context;
import java.util.Optional;

/** What a request says, in our words. */
final class Asked {
    private Asked() {}

    static String subject(Context request) {
        return request.pathParam("subject");
    }

    static Scope scope(Context request) {
        return Scope.of(subject(request));
    }

    static VersionId versionId(Context request) {
        return VersionId.parse(request.pathParam("version"));
    }

    static int id(Context request) {
        try {
            return Integer.parseInt(request.pathParam("id"));
        } catch (NumberFormatException e) {
            throw Fault.badRequest("'" + request.pathParam("id") + "' is not a schema id");
        }
    }

    static boolean flag(Context request, String name) {
        return Boolean.parseBoolean(request.queryParam(name));
    }

    static String prefix(Context request) {
        return Optional.ofNullable(request.queryParam("subjectPrefix")).orElse("");
    }

    static Visibility visibility(Context request) {
        return Visibility.of(flag(request, "deleted"), flag(request, "deletedOnly"));
    }

    static RegisterSchemaRequest schema(Context request) {
        return body(request, RegisterSchemaRequest.class);
    }

    static <T> T body(Context request, Class<T> type) {
        refuseWhatIsNotJson(request);
        try {
            var body = JacksonMapper.INSTANCE.readValue(request.body(), type);
            if (body == null) {
                throw Fault.badRequest("The body is empty");
            }
            return body;
        } catch (JsonProcessingException e) {
            throw Fault.badRequest("The body is not what is expected here: " + e.getOriginalMessage());
        }
    }

    /** A web page can send plain text and forms to any address without asking, but not JSON. */
    private static void refuseWhatIsNotJson(Context request) {
        var type = request.contentType();
        if (type != null && !type.contains("json") && !type.startsWith("application/octet-stream")) {
            throw Fault.unsupportedMediaType(type);
        }
    }
}
