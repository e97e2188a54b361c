package io.tidemark.query.request;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A customer's id as its own system writes it, taken verbatim. */
public final class ExternalId {
    /** What is said of a text that is none. */
    public static final String COMPLAINT = "must have 1 to 256 UTF-8 bytes and no control character";

    private static final int MOST_BYTES = 256;

    private ExternalId() {}

    /** Out of one encoded path segment; empty exactly when it added a fault. */
    public static Optional<String> ofSegment(String name, String segment, Faults faults) {
        Optional<String> id = UrlText.ofSegment(segment);
        if (id.isEmpty()) {
            faults.add(name, "is not percent-encoded UTF-8");
        } else if (!valid(id.get())) {
            faults.add(name, COMPLAINT);
            return Optional.empty();
        }
        return id;
    }

    /** Out of a body or a query; empty for a text that is none. */
    public static Optional<String> parse(String text) {
        return Optional.of(text).filter(ExternalId::valid);
    }

    /** Half a surrogate pair would become a question mark, and two customers one. */
    public static boolean valid(String id) {
        byte[] bytes = id.getBytes(StandardCharsets.UTF_8);
        return bytes.length >= 1
                && bytes.length <= MOST_BYTES
                && id.chars().noneMatch(Character::isISOControl)
                && new String(bytes, StandardCharsets.UTF_8).equals(id);
    }
}
