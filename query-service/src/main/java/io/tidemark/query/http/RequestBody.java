package io.tidemark.query.http;

import io.javalin.config.Key;
import io.javalin.http.Context;
import io.tidemark.query.request.Faults;
import io.tidemark.query.request.JsonBody;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletionException;

/** What comes after a request's head, and not more of it than may be. Handlers meet it whole. */
public final class RequestBody {
    private static final Set<String> JSON = Set.of("application/json", "application/json;charset=utf-8");

    /** By which bodies are awaited; the door sets it. */
    static final Key<Limits> LIMITS = new Key<>("limits");

    /** Out of which they are held; the door sets it. */
    static final Key<BodyBudget> BUDGET = new Key<>("budget");

    private static final String ATTRIBUTE = RequestBody.class.getName();

    private RequestBody() {}

    /** What is done once a body is there. */
    @FunctionalInterface
    public interface Handling {
        void run() throws Exception;
    }

    /** Handles a request when its body has come, in the thread that saw its end; without a body, at once. */
    public static void whole(Context context, Handling handling) throws Exception {
        whole(context, Limits.BODY_BYTES, handling);
    }

    /**
     * The same.
     *
     * @param most bytes it may have
     */
    public static void whole(Context context, int most, Handling handling) throws Exception {
        long announced = context.req().getContentLengthLong();
        // What is a little too large is let by before it is refused: see WholeBody.
        if (announced > 2L * most || (announced > most && !comes(context.req()))) {
            throw tooLarge(most);
        }
        if (!comes(context.req())) {
            handling.run();
            return;
        }
        var in = context.req().getInputStream();
        BodyBudget budget = context.appData(BUDGET);
        context.future(() -> WholeBody.of(in, context.appData(LIMITS), most, budget)
                .thenAccept(bytes -> handled(context, bytes, most, budget, handling)));
    }

    private static void handled(Context context, byte[] bytes, int most, BodyBudget budget, Handling handling) {
        try {
            if (bytes.length > most) {
                throw tooLarge(most);
            }
            context.attribute(ATTRIBUTE, bytes);
            handling.run();
        } catch (Exception failed) {
            throw new CompletionException(failed);
        } finally {
            budget.give(bytes.length);
        }
    }

    /** Refuses a body that has more bytes than that. */
    public static Refused tooLarge(int most) {
        return new Refused(Problem.of(Problem.Kind.CONTENT_TOO_LARGE, "A body has at most " + most + " bytes here."));
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

    /** The bytes of a body of JSON, none where there is no body; refuses what {@link #json} refuses. */
    public static byte[] bytes(Context context) {
        byte[] bytes = bytesOfAnyType(context);
        String type = context.contentType();
        if (type != null && !isJson(type)) {
            throw refused(Problem.Kind.UNSUPPORTED_MEDIA_TYPE);
        }
        return bytes;
    }

    /** The same of whatever type. */
    public static byte[] bytesOfAnyType(Context context) {
        byte[] bytes = context.attribute(ATTRIBUTE);
        if (bytes != null) {
            return bytes;
        }
        if (comes(context.req())) {
            throw new IllegalStateException("a body is read by handlers that waited for the whole of it");
        }
        return new byte[0];
    }

    /** Whether a content type is JSON, or of a kind that is written in it ({@code application/…+json}). */
    public static boolean isAnyJson(String type) {
        String media = type.toLowerCase(Locale.ROOT).split(";", 2)[0].strip();
        return media.equals("application/json") || media.endsWith("+json");
    }

    /** Whether a content type is JSON in UTF-8. */
    private static boolean isJson(String type) {
        return JSON.contains(type.toLowerCase(Locale.ROOT).replace(" ", "").replace("\"", ""));
    }

    private static Refused refused(Problem.Kind kind) {
        return new Refused(Failures.of(kind));
    }
}
