package io.tidemark.query.http;

import io.javalin.http.Context;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The path as it was sent. Segments are cut before anything is decoded, so that {@code %2F} is data; Javalin's own path
 * parameters are decoded leniently.
 */
public final class RawPath {
    private static final Pattern NO_ENCODING = Pattern.compile("%(?![0-9A-Fa-f]{2})");

    private RawPath() {}

    /** Javalin decodes a path to find its route, and fails where a percent sign begins no encoding. */
    static void refuseBroken(Context context) {
        if (NO_ENCODING.matcher(context.req().getRequestURI()).find()) {
            throw new Refused(Problem.of(Problem.Kind.BAD_REQUEST, "The path is not percent-encoded."));
        }
    }

    /** The still encoded segment that stands for {@code {name}} in the route that matched. */
    public static String segment(Context context, String name) {
        List<String> template = segments(context.endpoint().path);
        return segments(context.req().getRequestURI()).get(template.indexOf("{" + name + "}"));
    }

    /** Whether it ends with a slash, from where relative links lead elsewhere. */
    public static boolean endsWithSlash(Context context) {
        return context.req().getRequestURI().endsWith("/");
    }

    /** Whether the route that matched has a segment of that name. */
    public static boolean has(Context context, String name) {
        return segments(context.endpoint().path).contains("{" + name + "}");
    }

    /** The path as it was sent, up to the segment of the route that begins so. */
    public static String before(Context context, String beginning) {
        long upTo = segments(context.endpoint().path).stream()
                .takeWhile(segment -> !segment.startsWith(beginning))
                .count();
        return segments(context.req().getRequestURI()).stream().limit(upTo).collect(Collectors.joining("/"));
    }

    private static List<String> segments(String path) {
        return List.of(path.split("/", -1));
    }
}
