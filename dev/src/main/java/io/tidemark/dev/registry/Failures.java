package io.tidemark.dev.registry;

import io.confluent.kafka.schemaregistry.client.rest.entities.ErrorMessage;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place where a failure becomes HTTP: Confluent's error JSON, always. */
final class Failures {
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    private Failures() {}

    static void handle(RoutesConfig routes) {
        routes.exception(Fault.class, (fault, answer) -> reply(answer, fault.status(), fault.code(), fault.sentence()));
        routes.exception(
                HttpResponseException.class,
                (it, answer) -> reply(answer, it.getStatus(), it.getStatus(), String.valueOf(it.getMessage())));
        routes.exception(Exception.class, (bug, answer) -> {
            LOG.error("{} {} failed", answer.method(), answer.path(), bug);
            reply(answer, 500, 500, "Internal Server Error");
        });
    }

    private static void reply(Context answer, int status, int code, String message) {
        answer.status(status).json(new ErrorMessage(code, message));
    }
}
