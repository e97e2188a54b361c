package io.tidemark.query;

import io.tidemark.schemas.WireFormat;
import io.tidemark.streams.event.Coordinates;
import io.tidemark.streams.intake.WriterSchemas;
import io.tidemark.streams.originals.Contents;
import io.tidemark.streams.originals.Original;
import io.tidemark.streams.publishing.EventIntake;
import io.tidemark.streams.replaying.EventOriginals;
import io.tidemark.streams.replaying.Replays;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** What lies in topics, as a test put it there; the registry that it was written with. */
public final class FakeOriginals implements EventOriginals, WriterSchemas {
    private final Map<Coordinates, Original> originals = new ConcurrentHashMap<>();
    private final Map<Integer, Schema> schemas = new ConcurrentHashMap<>();
    private volatile @Nullable Contents contents;

    /** Out of these, judged by that intake. */
    public Replays replays(EventIntake intake) {
        return new Replays(this, this, intake);
    }

    /** From now on this lies there, written with a schema. */
    public void put(Coordinates place, Instant appendedAt, int schemaId, Schema schema, byte[] body) {
        schemas.put(schemaId, schema);
        byte[] value = ByteBuffer.allocate(WireFormat.HEADER_BYTES + body.length)
                .put(WireFormat.MAGIC)
                .putInt(schemaId)
                .put(body)
                .array();
        originals.put(
                place,
                new Original.Found(
                        place.topic().name(),
                        place.partition(),
                        place.offset(),
                        appendedAt,
                        new byte[0],
                        value,
                        List.of(),
                        0,
                        value.length));
    }

    /** From now on this is said of what lies there. */
    public void says(Contents said) {
        contents = said;
    }

    @Override
    public Original at(Coordinates place) {
        return originals.getOrDefault(place, new Original.Gone(7));
    }

    @Override
    public Contents contents(Original.Found original) {
        Contents said = contents;
        return said == null ? new Contents.Unreadable("nobody said what it says") : said;
    }

    @Override
    public Lookup find(int schemaId) {
        Schema schema = schemas.get(schemaId);
        return schema == null ? new Lookup.Unknown() : new Lookup.Known(schema);
    }
}
