package io.tidemark.query.admin;

import io.javalin.http.Context;
import io.tidemark.query.http.Problem;
import io.tidemark.query.http.RawPath;
import io.tidemark.query.http.Refused;
import io.tidemark.query.request.Faults;
import io.tidemark.query.request.Parameters;
import io.tidemark.query.request.UrlText;
import java.util.Optional;
import java.util.Set;

/** What the URL of a call names. */
final class Asked {
    private Asked() {}

    static void noParameters(Context context, Faults faults) {
        Parameters.of(context.queryString(), faults).allowOnly(Set.of(), faults);
    }

    /** Empty where it is not even text: nothing is called that. */
    static Optional<String> segment(Context context, String name) {
        return UrlText.ofSegment(RawPath.segment(context, name));
    }

    static Refused unknown(String what) {
        return new Refused(Problem.of(Problem.Kind.NOT_FOUND, "There is no such " + what + "."));
    }
}
