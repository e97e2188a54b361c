package io.tidemark.streams.replaying;

import io.tidemark.streams.event.EventKind;
import io.tidemark.streams.event.Fault;
import io.tidemark.streams.event.Reason;
import io.tidemark.streams.intake.SentFields;
import io.tidemark.streams.publishing.EventIntake;
import io.tidemark.streams.publishing.EventIntake.Faulty;
import io.tidemark.streams.publishing.EventIntake.Prepared;
import io.tidemark.streams.rejections.Rejection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Holds a replay to being the same event: tenant, customer, source and id stay, so that it counts once although its producer sends it again too. What
 * cannot be counted as it is may be changed; of a conflict, whose identity another event has, source and id.
 */
final class SameEvent {
    private static final List<String> IDENTITY = List.of("tenant_id", "external_customer_id", "source", "id");
    private static final List<String> OF_CONFLICTS = List.of("source", "id");
    static final Fault SAME_CONFLICT = new Fault(
            Reason.CONFLICT,
            "an event of this identity is counted, with other content: this one needs another id",
            "id");
    private static final Map<String, Object> HARMLESS =
            Map.of("tenant_id", "x", "external_customer_id", "x", "id", "x");

    private final EventIntake intake;
    private final Map<String, Object> sent;

    SameEvent(EventIntake intake, SentFields sent) {
        this.intake = intake;
        this.sent = sent.fields();
    }

    /** Whether these changes leave a conflict what it is, whatever it says. */
    static boolean staysConflict(List<Change> changes) {
        return changes.stream().noneMatch(change -> OF_CONFLICTS.contains(change.field()));
    }

    /** One for each part of its identity that is another and need not be; and one where it would be the same conflict again. */
    List<Fault> faults(Map<String, Object> changed, Rejection rejection) {
        var faults = new ArrayList<Fault>();
        for (String field : IDENTITY) {
            if (!stays(field, changed) && !mayChange(field, rejection)) {
                faults.add(new Fault(
                        Reason.CONFLICT,
                        field + " is a part of its identity and may only be changed where it is itself at fault",
                        field));
            }
        }
        if (faults.isEmpty()
                && rejection.first().isPresent()
                && OF_CONFLICTS.stream().allMatch(field -> stays(field, changed))) {
            faults.add(SAME_CONFLICT);
        }
        return faults;
    }

    private boolean stays(String field, Map<String, Object> changed) {
        return Objects.equals(sent.get(field), changed.get(field));
    }

    private boolean mayChange(String field, Rejection rejection) {
        if (rejection.first().isPresent() && OF_CONFLICTS.contains(field)) {
            return true;
        }
        @Nullable Object said = sent.get(field);
        return said == null
                ? HARMLESS.containsKey(field)
                : !(said instanceof String) || isAtFault(field, said, rejection);
    }

    /** By the rules themselves, of an event that has nothing else wrong with it. */
    private boolean isAtFault(String field, Object said, Rejection rejection) {
        var fields = new HashMap<String, Object>(HARMLESS);
        fields.put("occurred_at", Instant.ofEpochMilli(rejection.id().appendedAt()));
        fields.put(field, said);
        Prepared prepared = intake.prepare(EventKind.REQUEST, fields);
        return prepared instanceof Faulty faulty
                && faulty.faults().stream().anyMatch(fault -> fault.field().equals(field));
    }
}
