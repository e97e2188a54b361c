package io.tidemark.query.keys;

import io.javalin.http.Context;
import io.tidemark.query.http.Problem;
import io.tidemark.query.http.RawPath;
import io.tidemark.query.http.Refused;
import io.tidemark.query.request.UrlText;
import java.util.Optional;

/** Paths under {@code /apps/{slug}} belong to one tenant; to every other they do not exist. */
public final class OwnApp {
    private OwnApp() {}

    public static void check(Context context, Caller caller) {
        boolean others = RawPath.has(context, "slug")
                && !slug(context)
                        .filter(slug -> caller.owner().equals(Optional.of(slug)))
                        .isPresent();
        if (others) {
            throw new Refused(Problem.of(Problem.Kind.NOT_FOUND, "There is nothing at this path."));
        }
    }

    private static Optional<String> slug(Context context) {
        return UrlText.ofSegment(RawPath.segment(context, "slug"));
    }
}
