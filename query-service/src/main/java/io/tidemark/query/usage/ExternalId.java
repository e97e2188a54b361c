package io.tidemark.query.usage;

import io.tidemark.query.request.Faults;
import io.tidemark.query.request.UrlText;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A customer's id as its own system writes it, taken verbatim. */
final class ExternalId {
    private static final int MOST_BYTES = 256;

    private ExternalId() {}

    /** Out of one encoded path segment; empty exactly when it added a fault. */
    static Optional<String> ofSegment(String name, String segment, Faults faults) {
        Optional<String> id = UrlText.ofSegment(segment);
        if (id.isEmpty()) {
            faults.add(name, "is not percent-encoded UTF-8");
        } else if (!valid(id.get())) {
            faults.add(name, "must have 1 to " + MOST_BYTES + " UTF-8 bytes and no control character");
            return Optional.empty();
        }
        return id;
    }

    static boolean valid(String id) {
        int bytes = id.getBytes(StandardCharsets.UTF_8).length;
        return bytes >= 1 && bytes <= MOST_BYTES && id.chars().noneMatch(Character::isISOControl);
    }
}
