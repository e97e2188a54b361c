package io.tidemark.streams.replaying;

import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One change to the events that are replayed. Values are of the types that {@link io.tidemark.streams.publishing.EventIntake} takes.
 *
 * @param field by its name on the wire; events of a kind that has no such field stay as they are
 * @param from only where it says this; empty: whatever it says, or nothing
 */
public record Change(String field, Optional<Object> from, Object to) {

    boolean applies(@Nullable Object value) {
        return from.isEmpty() || (value != null && isSame(from.get(), value));
    }

    private static boolean isSame(Object one, Object other) {
        if (one instanceof BigDecimal decimal && other instanceof BigDecimal value) {
            return decimal.compareTo(value) == 0;
        }
        return one.equals(other);
    }
}
