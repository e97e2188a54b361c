package io.tidemark.query.http;

import io.tidemark.query.request.Fault;
import java.util.List;

/**
 * What went wrong, as RFC 9457 writes it; the path is added where it is sent.
 *
 * @param errors every fault of the request; empty where the request is not at fault
 */
public record Problem(Kind kind, String detail, List<Fault> errors) {

    public Problem {
        errors = List.copyOf(errors);
    }

    public static Problem of(Kind kind, String detail) {
        return new Problem(kind, detail, List.of());
    }

    public static Problem badRequest(List<Fault> faults) {
        return new Problem(Kind.BAD_REQUEST, "The request cannot be understood; errors lists why.", faults);
    }

    /** The kinds of problem. The names are part of what clients see and final. */
    public enum Kind {
        BAD_REQUEST(400, "bad_request", "Bad request"),
        UNAUTHORIZED(401, "unauthorized", "No valid key"),
        FORBIDDEN(403, "forbidden", "Scope missing"),
        NOT_FOUND(404, "not_found", "Not found"),
        UNKNOWN_CUSTOMER(404, "unknown_customer", "Unknown customer"),
        REQUEST_LOG_OFF(404, "request_log_off", "No request log"),
        METHOD_NOT_ALLOWED(405, "method_not_allowed", "Method not allowed"),
        REQUEST_TIMEOUT(408, "request_timeout", "Request took too long"),
        CONFLICT(409, "conflict", "In conflict with what is there"),
        PRECONDITION_FAILED(412, "precondition_failed", "Changed meanwhile"),
        CONTENT_TOO_LARGE(413, "content_too_large", "Body too large"),
        UNSUPPORTED_MEDIA_TYPE(415, "unsupported_media_type", "Not JSON"),
        KEY_REUSED(422, "idempotency_key_reused", "Idempotency-Key used before"),
        ID_MISSING(422, "id_missing", "No id"),
        WINDOW_TOO_FINE(422, "window_too_fine", "Not kept so finely"),
        TOO_MUCH(422, "too_much", "More than can be added up"),
        HEADERS_TOO_LARGE(431, "headers_too_large", "Headers too large"),
        BUSY(429, "busy", "Too many reads at once"),
        OVERLOADED(429, "overloaded", "Too much at once"),
        RATE_LIMITED(429, "rate_limited", "Too many events"),
        INTERNAL(500, "internal", "Internal error"),
        LOOP(508, "loop", "Asked too far"),
        MOVING(503, "moving", "Data is moving"),
        NOT_CAUGHT_UP(503, "not_caught_up", "Not caught up"),
        TOO_STALE(503, "too_stale", "Too old"),
        STOPPED(503, "stopped", "Counting has stopped"),
        UNAVAILABLE(503, "unavailable", "Unavailable");

        private final int status;
        private final String name;
        private final String title;

        Kind(int status, String name, String title) {
            this.status = status;
            this.name = name;
            this.title = title;
        }

        public int status() {
            return status;
        }

        public String title() {
            return title;
        }

        /** Names the kind for ever; nothing is to be fetched there. */
        public String type() {
            return "urn:tidemark:problem:" + name;
        }

        /** What comes nearest to a status that Jetty or Javalin chose. */
        static Kind ofStatus(int status) {
            return switch (status) {
                case 404 -> NOT_FOUND;
                case 405 -> METHOD_NOT_ALLOWED;
                case 408 -> REQUEST_TIMEOUT;
                case 413 -> CONTENT_TOO_LARGE;
                case 415 -> UNSUPPORTED_MEDIA_TYPE;
                case 431, 414 -> HEADERS_TOO_LARGE;
                case 503 -> UNAVAILABLE;
                default -> status < 500 ? BAD_REQUEST : INTERNAL;
            };
        }

        /** Whether the same request may succeed in a moment. */
        boolean passes() {
            return status == 429 || status == 503;
        }
    }
}
