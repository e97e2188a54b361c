package io.tidemark.streams.replaying;

import io.tidemark.schemas.WireFormat;
import io.tidemark.streams.event.Fault;
import io.tidemark.streams.event.Reason;
import io.tidemark.streams.intake.SentFields;
import io.tidemark.streams.intake.WriterSchemas;
import io.tidemark.streams.intake.WriterSchemas.Lookup;
import io.tidemark.streams.originals.Contents;
import io.tidemark.streams.originals.Original;
import io.tidemark.streams.publishing.EventIntake;
import io.tidemark.streams.publishing.EventIntake.Faulty;
import io.tidemark.streams.publishing.EventIntake.Prepared;
import io.tidemark.streams.publishing.EventIntake.Ready;
import io.tidemark.streams.rejections.Rejection;
import io.tidemark.streams.rejections.RejectionId;
import io.tidemark.streams.replaying.Attempt.Cause;
import io.tidemark.streams.replaying.Attempt.Lost;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Says of rejected events what would come of them now, and makes them ready to be written. For any number of threads. */
public final class Replays {
    private static final long BETWEEN_LOOKS_MILLIS = 5;
    private static final String TENANT = "tenant_id";

    private final EventOriginals originals;
    private final WriterSchemas schemas;
    private final EventIntake intake;

    /** @param schemas that the originals were written with */
    public Replays(EventOriginals originals, WriterSchemas schemas, EventIntake intake) {
        this.originals = originals;
        this.schemas = schemas;
        this.intake = intake;
    }

    /** What was sent; gone also where something else lies there by now. */
    public Original original(RejectionId id) throws InterruptedException {
        Original original = originals.at(id.at());
        boolean another =
                original instanceof Original.Found found && found.appendedAt().toEpochMilli() != id.appendedAt();
        return another ? new Original.NotThere() : original;
    }

    /** What an original says, to be shown. */
    public Contents contents(Original.Found original) throws InterruptedException {
        return originals.contents(original);
    }

    /**
     * What would come of an event if it were sent once more, so changed.
     *
     * @param tenant whose it is to be
     * @throws io.tidemark.streams.publishing.PublishFailed when no event can be made ready now
     */
    public Attempt attempt(String tenant, Rejection rejection, List<Change> changes) throws InterruptedException {
        if (rejection.first().isPresent() && SameEvent.staysConflict(changes)) {
            return new Attempt.Bad(List.of(SameEvent.SAME_CONFLICT));
        }
        Original original = original(rejection.id());
        if (original instanceof Original.NotNow notNow) {
            return new Lost(Cause.UNAVAILABLE, notNow.why());
        } else if (original instanceof Original.Found found) {
            return attempt(tenant, rejection, found, changes);
        }
        return new Lost(Cause.GONE, "its topic does not have it any more");
    }

    private Attempt attempt(String tenant, Rejection rejection, Original.Found original, List<Change> changes)
            throws InterruptedException {
        byte @Nullable [] value = original.value();
        if (value == null || !original.isWhole() || !WireFormat.isFramed(value)) {
            return new Lost(Cause.UNREADABLE, "it is no value with the id of a schema, or too large to be one");
        }
        int id = WireFormat.schemaId(value);
        Lookup schema = find(id);
        if (schema instanceof Lookup.Known known) {
            return attempt(tenant, rejection, known.schema(), value, changes);
        }
        return schema instanceof Lookup.Unavailable
                ? new Lost(Cause.UNAVAILABLE, "the registry cannot be asked for schema " + id)
                : new Lost(Cause.UNREADABLE, "the registry has no Avro schema " + id);
    }

    private Attempt attempt(String tenant, Rejection rejection, Schema schema, byte[] value, List<Change> changes) {
        try {
            return judged(tenant, rejection, SentFields.read(schema, value), changes);
        } catch (SentFields.NoEvent noEvent) {
            return new Lost(Cause.UNREADABLE, String.valueOf(noEvent.getMessage()));
        }
    }

    private Lookup find(int id) throws InterruptedException {
        long until = System.nanoTime() + EventOriginals.UNTIL_THE_REGISTRY_SAYS.toNanos();
        Lookup found = schemas.find(id);
        while (found instanceof Lookup.Unavailable && System.nanoTime() - until < 0) {
            TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS_MILLIS);
            found = schemas.find(id);
        }
        return found;
    }

    private Attempt judged(String tenant, Rejection rejection, SentFields sent, List<Change> changes) {
        Map<String, Object> fields = changed(sent, changes);
        List<Fault> moved = new SameEvent(intake, sent).faults(fields, rejection);
        if (!moved.isEmpty()) {
            return new Attempt.Bad(moved);
        }
        if (!tenant.equals(fields.get(TENANT))) {
            return new Attempt.Bad(List.of(new Fault(
                    Reason.INVALID_TENANT,
                    "it says that it is of another tenant, or of none: " + tenant + " it must be",
                    TENANT)));
        }
        Prepared prepared = intake.prepare(sent.kind(), fields);
        return prepared instanceof Ready ready
                ? new Attempt.Good(ready.replaying(rejection.id().text()))
                : new Attempt.Bad(((Faulty) prepared).faults());
    }

    private static Map<String, Object> changed(SentFields sent, List<Change> changes) {
        var fields = new HashMap<>(sent.fields());
        for (Change change : changes) {
            if (SentFields.has(sent.kind(), change.field()) && change.applies(fields.get(change.field()))) {
                fields.put(change.field(), change.to());
            }
        }
        return fields;
    }
}
