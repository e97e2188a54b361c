package io.tidemark.query.rejected;

import io.tidemark.query.OpenDoor;
import io.tidemark.streams.event.Claim;
import io.tidemark.streams.event.Coordinates;
import io.tidemark.streams.event.Fault;
import io.tidemark.streams.event.Reason;
import io.tidemark.streams.event.Source;
import io.tidemark.streams.rejections.ListRejections;
import io.tidemark.streams.rejections.Rejection;
import io.tidemark.streams.rejections.RejectionId;
import io.tidemark.streams.rejections.RejectionsAsked;
import io.tidemark.streams.rejections.RejectionsFound;
import io.tidemark.streams.rejections.Resolution;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.EncoderFactory;

/** Rejected events that partitions answer with, and their originals. */
public final class Rejects {
    public static final long ARRIVED = OpenDoor.NOW.minusSeconds(60).toEpochMilli();

    private final List<Rejection> all = new ArrayList<>();

    /** One of acme's customer ann. */
    public Rejection bad(long offset, Reason reason, String field) {
        return add(made(offset, reason, field));
    }

    /** The same, not added. */
    static Rejection made(long offset, Reason reason, String field) {
        return new Rejection(
                new RejectionId(new Coordinates(Source.USAGE, 3, offset), ARRIVED + offset),
                new Claim("acme", "ann", "", "e" + offset),
                List.of(new Fault(reason, reason.label() + "!", field)),
                0,
                Optional.empty(),
                Optional.empty());
    }

    public Rejection add(Rejection one) {
        all.add(one);
        all.sort(Comparator.comparing(Rejection::id));
        return one;
    }

    /** What resolves one. */
    public static Rejection resolved(Rejection one, long by) {
        return new Rejection(
                one.id(),
                one.claim(),
                one.faults(),
                one.truncatedFrom(),
                one.first(),
                Optional.of(new Resolution(new Coordinates(Source.USAGE, 3, by))));
    }

    /** Lets partitions answer with these: as real ones do, up to a limit and behind a cursor, of whatever state. */
    public void answeredBy(OpenDoor door) {
        door.parts().answer(ListRejections.KIND, this::found);
    }

    private RejectionsFound found(RejectionsAsked asked) {
        List<Rejection> behind = all.stream()
                .filter(one ->
                        asked.after().filter(id -> one.id().compareTo(id) <= 0).isEmpty())
                .toList();
        List<Rejection> page = behind.subList(0, Math.min(asked.limit(), behind.size()));
        return new RejectionsFound(
                page,
                List.of(),
                page.size() < behind.size()
                        ? Optional.of(page.get(page.size() - 1).id())
                        : Optional.empty());
    }

    /** Lets an event lie where a rejected one was. */
    public static void lies(OpenDoor door, Rejection rejection, GenericRecord event) throws IOException {
        var out = new ByteArrayOutputStream();
        var encoder = EncoderFactory.get().binaryEncoder(out, null);
        new GenericDatumWriter<GenericRecord>(event.getSchema()).write(event, encoder);
        encoder.flush();
        door.originals.put(
                rejection.id().at(),
                java.time.Instant.ofEpochMilli(rejection.id().appendedAt()),
                9,
                event.getSchema(),
                out.toByteArray());
    }
}
