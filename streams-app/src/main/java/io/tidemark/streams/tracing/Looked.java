package io.tidemark.streams.tracing;

import io.tidemark.schemas.EventKey;
import io.tidemark.streams.event.Coordinates;
import io.tidemark.streams.event.Event;
import io.tidemark.streams.event.Outcome;
import io.tidemark.streams.event.Reason;
import io.tidemark.streams.originals.Contents;
import io.tidemark.streams.originals.Original;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A record that was looked at where it lies.
 *
 * @param judged by the rules as they are now
 */
public record Looked(Coordinates at, Original.Found original, Contents contents, Outcome judged) {

    /** What it says, if that is countable. */
    public Optional<Event> event() {
        return judged instanceof Outcome.Accepted accepted ? Optional.of(accepted.event()) : Optional.empty();
    }

    public long appendedAt() {
        return original.appendedAt().toEpochMilli();
    }

    /** The partition that its key belongs to; that where it lies where it has none. */
    int partitionOfKey(int partitions) {
        byte[] key = original.key();
        return key == null ? at.partition() : EventKey.partition(key, partitions);
    }

    /** Whether it is the event that was asked for, as far as it can be read: what cannot is told by its key. */
    boolean mayBe(TraceQuestion asked) {
        Optional<Event> event = event();
        if (event.isPresent()) {
            Event is = event.get();
            return is.tenant().equals(asked.tenant())
                    && is.customer().equals(asked.customer())
                    && is.source().equals(asked.source())
                    && is.id().equals(asked.id());
        }
        Map<String, @Nullable Object> fields =
                contents instanceof Contents.Said said && isOfAnEvent() ? said.fields() : Map.of();
        boolean keyFits = new EventKey(asked.tenant(), asked.customer())
                .equals(EventKey.parse(original.key()).orElse(null));
        boolean named =
                says(fields, "tenant_id", asked.tenant()) && says(fields, "external_customer_id", asked.customer());
        return (named || keyFits)
                && isNotOther(fields, "tenant_id", asked.tenant())
                && isNotOther(fields, "external_customer_id", asked.customer())
                && isNotOther(fields, "source", asked.source())
                && isNotOther(fields, "id", asked.id());
    }

    /** What another record calls an id need not be one. */
    private boolean isOfAnEvent() {
        return !(judged instanceof Outcome.Rejected rejected)
                || rejected.faults().stream().noneMatch(fault -> fault.reason() == Reason.WRONG_SCHEMA);
    }

    private static boolean says(Map<String, @Nullable Object> fields, String name, String asked) {
        return asked.equals(fields.get(name));
    }

    /** A field that says nothing may be meant as anything; of the source that is the empty one. */
    private static boolean isNotOther(Map<String, @Nullable Object> fields, String name, String asked) {
        Object said = fields.get(name);
        if (name.equals("source") && !fields.isEmpty()) {
            return asked.equals(Objects.requireNonNullElse(said, ""));
        }
        return said == null || said.equals(asked);
    }
}
