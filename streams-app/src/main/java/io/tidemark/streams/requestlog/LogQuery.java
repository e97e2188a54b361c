package io.tidemark.streams.requestlog;

import io.tidemark.streams.intake.WholeRequest;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Which requests, and from where on.
 *
 * @param customer by external id; empty: of all customers
 * @param from when it occurred at the earliest; empty: whatever is kept
 * @param to before when it occurred
 * @param where what its labels are; an empty text: it has none
 * @param tag one it has, by name and value
 * @param after where the last page ended; empty: from the newest
 * @param limit how many at most
 */
public record LogQuery(
        String tenant,
        Optional<String> customer,
        Optional<Instant> from,
        Optional<Instant> to,
        Map<Label, String> where,
        Optional<Tag> tag,
        Optional<Place> after,
        int limit) {

    public LogQuery {
        where = Map.copyOf(where);
    }

    /** One of the producer's own labels. */
    public record Tag(String name, String value) {}

    /** Whether a row is one of those that are asked for, wherever it stands. */
    boolean matches(WholeRequest request) {
        return request.tenant().equals(tenant)
                && customer.map(request.customer()::equals).orElse(true)
                && where.entrySet().stream()
                        .allMatch(label -> label.getKey().of(request).equals(label.getValue()))
                && tag.map(one -> one.value().equals(request.tags().get(one.name())))
                        .orElse(true);
    }
}
