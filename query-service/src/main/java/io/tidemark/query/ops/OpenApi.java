package io.tidemark.query.ops;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The description of the API, kept by hand; a test holds it to the routes. */
public final class OpenApi {
    private static final String RESOURCE = "/openapi.json";

    private final byte[] document = read();

    public void show(Context context) {
        context.contentType("application/json").result(document);
    }

    private static byte[] read() {
        try (InputStream in = OpenApi.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("not in the jar: " + RESOURCE);
            }
            return in.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
