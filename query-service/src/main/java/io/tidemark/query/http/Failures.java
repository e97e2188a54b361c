package io.tidemark.query.http;

import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.router.Endpoint;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is answered when a handler did not answer: a problem, and never a message or a stack trace of ours. */
final class Failures {
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    private Failures() {}

    static void mapIn(JavalinConfig config) {
        RoutesConfig routes = config.routes;
        routes.exception(Refused.class, (refused, context) -> Replies.problem(context, refused.problem()));
        routes.exception(HttpResponseException.class, Failures::chosenByJavalin);
        routes.exception(Exception.class, Failures::bug);
        config.router.javaLangErrorHandler(Failures::worse);
    }

    private static void chosenByJavalin(HttpResponseException chosen, Context context) {
        Replies.problem(context, of(Problem.Kind.ofStatus(chosen.getStatus())));
    }

    /** The route and not the path is logged: a path holds a customer's id, and may hold what breaks a log line. */
    private static void bug(Exception bug, Context context) {
        Endpoint endpoint = context.endpoints().lastHttpEndpoint();
        LOG.error(
                "{} {} failed, request_id={}",
                context.method(),
                endpoint == null ? "outside of any route" : endpoint.path,
                Exchange.of(context).requestId(),
                bug);
        Replies.problem(context, of(Problem.Kind.INTERNAL));
    }

    /** An {@code Error}; Javalin has taken the context away by then. */
    private static void worse(HttpServletResponse response, Error error) {
        // Set before anything else was done, and there still.
        String requestId = Objects.requireNonNullElse(response.getHeader(RequestId.HEADER), "");
        LOG.error("a request failed, request_id={}", requestId, error);
        var body = ProblemBody.of(of(Problem.Kind.INTERNAL), "", requestId);
        response.setStatus(body.status());
        response.setContentType(ProblemBody.CONTENT_TYPE);
        try {
            response.getOutputStream().write(Json.write(body).getBytes(StandardCharsets.UTF_8));
        } catch (IOException gone) {
            LOG.debug("nobody is left to answer", gone);
        }
    }

    static Problem of(Problem.Kind kind) {
        return Problem.of(
                kind,
                switch (kind) {
                    case NOT_FOUND -> "There is nothing at this path.";
                    case METHOD_NOT_ALLOWED -> "This path does not take this method.";
                    case REQUEST_TIMEOUT -> "The request did not arrive in time.";
                    case UNSUPPORTED_MEDIA_TYPE ->
                        "A body is JSON in UTF-8: send it with Content-Type: application/json.";
                    case CONTENT_TOO_LARGE -> "The body has more bytes than may be sent here.";
                    case OVERLOADED -> "Too much is being sent at once; nothing of this request was taken.";
                    case HEADERS_TOO_LARGE ->
                        "Request line and headers have at most " + Limits.HEADER_BYTES + " bytes.";
                    case INTERNAL -> "The request failed for a reason that lies with the service; it was logged.";
                    case UNAVAILABLE -> "The service is starting or stopping.";
                    default -> "The request is not well-formed HTTP.";
                });
    }
}
