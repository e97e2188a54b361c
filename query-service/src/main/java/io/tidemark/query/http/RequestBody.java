package io.tidemark.query.http;

import io.javalin.http.Context;
import io.tidemark.query.request.Faults;
import io.tidemark.query.request.JsonBody;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Set;

/** What comes after a request's head: JSON, and not more of it than {@link Limits#BODY_BYTES}. */
public final class RequestBody {
    private static final Set<String> JSON = Set.of("application/json", "application/json;charset=utf-8");

    private RequestBody() {}

    /**
     * The JSON object a request must carry.
     *
     * @throws Refused when it is too large, or said to be something else
     */
    public static JsonBody json(Context context, Faults faults) throws IOException {
        return JsonBody.of(bytes(context), faults);
    }

    /** The same, where no body at all says the same as an empty object. */
    public static JsonBody jsonOrNothing(Context context, Faults faults) throws IOException {
        byte[] bytes = bytes(context);
        return bytes.length == 0 ? JsonBody.none(faults) : JsonBody.of(bytes, faults);
    }

    /** A chunked body announces no length that the gate could have refused, so that what comes is counted. */
    private static byte[] bytes(Context context) throws IOException {
        InputStream in = context.bodyInputStream();
        byte[] bytes = in.readNBytes(Limits.BODY_BYTES + 1);
        if (bytes.length > Limits.BODY_BYTES) {
            // A connection closed on bytes nobody read is reset, and the answer may be lost with it.
            in.readNBytes(Limits.BODY_BYTES);
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
