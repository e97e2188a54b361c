package io.tidemark.query.http;

import io.javalin.config.Key;
import io.javalin.http.Context;
import io.tidemark.query.request.Faults;
import io.tidemark.query.request.JsonBody;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletionException;

/** What comes after a request's head: JSON, and not more of it than {@link Limits#BODY_BYTES}. Handlers meet it whole. */
public final class RequestBody {
    private static final Set<String> JSON = Set.of("application/json", "application/json;charset=utf-8");

    /** By which bodies are awaited; the door sets it. */
    static final Key<Limits> LIMITS = new Key<>("limits");

    private static final String ATTRIBUTE = RequestBody.class.getName();

    private RequestBody() {}

    /** What is done once a body is there. */
    @FunctionalInterface
    public interface Handling {
        void run() throws Exception;
    }

    /** Handles a request when its body has come, in the thread that saw its end; without a body, at once. */
    public static void whole(Context context, Handling handling) throws Exception {
        if (!comes(context.req())) {
            handling.run();
            return;
        }
        var in = context.req().getInputStream();
        context.future(() -> WholeBody.of(in, context.appData(LIMITS)).thenAccept(bytes -> {
            context.attribute(ATTRIBUTE, bytes);
            try {
                handling.run();
            } catch (Exception failed) {
                throw new CompletionException(failed);
            }
        }));
    }

    /** Nobody looks at one that comes with a GET. */
    private static boolean comes(HttpServletRequest request) {
        boolean asks = request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
        return !asks && (request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null);
    }

    /**
     * The JSON object a request must carry.
     *
     * @throws Refused when it is too large, or said to be something else
     */
    public static JsonBody json(Context context, Faults faults) {
        return JsonBody.of(bytes(context), faults);
    }

    /** The same, where no body at all says the same as an empty object. */
    public static JsonBody jsonOrNothing(Context context, Faults faults) {
        byte[] bytes = bytes(context);
        return bytes.length == 0 ? JsonBody.none(faults) : JsonBody.of(bytes, faults);
    }

    /** A chunked body announces no length that the gate could have refused, so that what comes is counted. */
    private static byte[] bytes(Context context) {
        byte[] bytes = context.attribute(ATTRIBUTE);
        if (bytes == null) {
            if (comes(context.req())) {
                throw new IllegalStateException("a body is read by handlers that waited for the whole of it");
            }
            return new byte[0];
        }
        if (bytes.length > Limits.BODY_BYTES) {
            throw refused(Problem.Kind.CONTENT_TOO_LARGE);
        }
        String type = context.contentType();
        if (type != null && !JSON.contains(plain(type))) {
            throw refused(Problem.Kind.UNSUPPORTED_MEDIA_TYPE);
        }
        return bytes;
    }

    private static String plain(String type) {
        return type.toLowerCase(Locale.ROOT).replace(" ", "").replace("\"", "");
    }

    private static Refused refused(Problem.Kind kind) {
        return new Refused(Failures.of(kind));
    }
}
