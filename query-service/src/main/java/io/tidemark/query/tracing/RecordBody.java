package io.tidemark.query.tracing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidemark.streams.event.Coordinates;
import io.tidemark.streams.originals.Contents;
import io.tidemark.streams.originals.Original;
import io.tidemark.streams.tracing.Looked;
import io.tidemark.streams.tracing.TraceQuestion;
import io.tidemark.streams.tracing.Traced;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A record as it lies in its topic.
 *
 * @param missing why it is not shown; null where it is
 * @param bytes of key and value
 * @param fields all that the value says, by the schema it was written with; null where {@code unreadable} says why not
 */
record RecordBody(
        String topic,
        int partition,
        long offset,
        @Nullable String missing,
        @Nullable Instant appendedAt,
        @Nullable Text key,
        List<Header> headers,
        @Nullable Long bytes,
        @Nullable Integer schemaId,
        @Nullable String schema,
        @Nullable Map<String, @Nullable Object> fields,
        @Nullable String unreadable) {

    /** Bytes, as they are where they are UTF-8, else in base64. */
    record Text(String value, String encoding) {
        static @Nullable Text of(byte @Nullable [] bytes) {
            if (bytes == null) {
                return null;
            }
            try {
                return new Text(
                        UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString(), "utf-8");
            } catch (CharacterCodingException binary) {
                return new Text(Base64.getEncoder().encodeToString(bytes), "base64");
            }
        }
    }

    record Header(String name, @Nullable Text value) {}

    /** Empty where no record was asked for and none was counted. */
    static Optional<RecordBody> of(TraceQuestion asked, Traced traced) {
        Optional<Looked> shown = traced.meant().or(traced::counted);
        if (traced.missing().isEmpty() && shown.isPresent()) {
            return shown.map(RecordBody::of);
        }
        Optional<Coordinates> at = asked.at().or(() -> traced.first().map(first -> first.at()));
        return at.flatMap(place -> traced.missing().map(why -> missing(place, FateBody.name(why))));
    }

    private static RecordBody missing(Coordinates at, String why) {
        return new RecordBody(
                FateBody.name(at.topic()),
                at.partition(),
                at.offset(),
                why,
                null,
                null,
                List.of(),
                null,
                null,
                null,
                null,
                null);
    }

    private static RecordBody of(Looked looked) {
        Original.Found original = looked.original();
        Optional<Contents.Said> said =
                looked.contents() instanceof Contents.Said one ? Optional.of(one) : Optional.empty();
        return new RecordBody(
                FateBody.name(looked.at().topic()),
                looked.at().partition(),
                looked.at().offset(),
                null,
                original.appendedAt(),
                Text.of(original.key()),
                original.headers().stream()
                        .map(header -> new Header(header.name(), Text.of(header.value())))
                        .toList(),
                (long) original.keyBytes() + original.valueBytes(),
                said.map(Contents.Said::schemaId).orElseGet(() -> schemaAway(looked.contents())),
                said.map(Contents.Said::schema).orElse(null),
                said.map(Contents.Said::fields).orElse(null),
                unreadable(looked.contents()));
    }

    private static @Nullable Integer schemaAway(Contents contents) {
        return contents instanceof Contents.SchemaAway away ? away.schemaId() : null;
    }

    private static @Nullable String unreadable(Contents contents) {
        if (contents instanceof Contents.Unreadable unreadable) {
            return unreadable.why();
        }
        return contents instanceof Contents.SchemaAway away
                ? "schema " + away.schemaId() + " cannot be looked up now"
                : null;
    }
}
