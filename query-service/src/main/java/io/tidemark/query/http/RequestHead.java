package io.tidemark.query.http;

import io.javalin.http.Context;
import java.util.Collections;
import java.util.List;

/** What stands before a request's body and Javalin does not show as it was sent. */
public final class RequestHead {
    private RequestHead() {}

    /** Every value of a header, in the order sent; a header may come more than once. */
    public static List<String> values(Context context, String header) {
        return Collections.list(context.req().getHeaders(header));
    }

    public static String method(Context context) {
        return context.req().getMethod();
    }

    /** As it was sent, without the query. */
    public static String path(Context context) {
        return context.req().getRequestURI();
    }

    /** As it was sent; nothing where there is none. */
    public static String query(Context context) {
        String query = context.req().getQueryString();
        return query == null ? "" : query;
    }
}
