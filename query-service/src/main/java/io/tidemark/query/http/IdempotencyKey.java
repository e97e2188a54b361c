package io.tidemark.query.http;

import io.javalin.http.Context;
import io.tidemark.query.request.Faults;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The header {@code Idempotency-Key}: a caller's own name for what it wishes, the same whenever it wishes it again. */
public final class IdempotencyKey {
    private static final String HEADER = "Idempotency-Key";
    private static final Pattern SHAPE = Pattern.compile("[\\x20-\\x7E]{1,255}");

    private IdempotencyKey() {}

    /** Empty where there is none, or none that may be, which is a fault. */
    public static Optional<String> of(Context context, Faults faults) {
        List<String> keys = RequestHead.values(context, HEADER);
        if (keys.isEmpty()) {
            return Optional.empty();
        }
        if (keys.size() > 1 || !SHAPE.matcher(keys.get(0)).matches()) {
            faults.add(HEADER, "must be one key of 1 to 255 printable ASCII characters");
            return Optional.empty();
        }
        return Optional.of(keys.get(0));
    }
}
