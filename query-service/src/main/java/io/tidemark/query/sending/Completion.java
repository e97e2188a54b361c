package io.tidemark.query.sending;

import io.tidemark.streams.directory.UuidV7;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Adds what an event's sender may leave out. */
public final class Completion {
    private final String tenant;
    private final Clock clock;
    private final RandomGenerator random;

    public Completion(String tenant, Clock clock, RandomGenerator random) {
        this.tenant = tenant;
        this.clock = clock;
        this.random = random;
    }

    public Map<String, Object> complete(Map<String, Object> event) {
        var complete = new LinkedHashMap<>(event);
        complete.put("tenant_id", tenant);
        complete.computeIfAbsent(
                "id", name -> UuidV7.next(clock.instant(), random).toString());
        complete.computeIfAbsent("occurred_at", name -> clock.instant());
        return complete;
    }

    /** The fields that are missing and have no default. */
    public static List<EventField> missing(List<EventField> fields, Map<String, Object> event) {
        var missing = new ArrayList<EventField>();
        for (EventField field : fields) {
            if (field.required() && !event.containsKey(field.name())) {
                missing.add(field);
            }
        }
        return missing;
    }
}
