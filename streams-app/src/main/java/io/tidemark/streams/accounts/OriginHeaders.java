package io.tidemark.streams.accounts;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidemark.schemas.Headers;
import io.tidemark.streams.event.Origin;
import io.tidemark.streams.event.Source;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Where a record was first appended, written into its headers when it is sent on. */
public final class OriginHeaders {
    /** The end of the year 9999. */
    private static final long LATEST_MILLIS = 253_402_300_799_999L;

    private OriginHeaders() {}

    public static void write(org.apache.kafka.common.header.Headers headers, Origin origin, SourceTopics topics) {
        put(headers, Headers.TOPIC, topics.name(origin.topic()));
        put(headers, Headers.PARTITION, Integer.toString(origin.partition()));
        put(headers, Headers.OFFSET, Long.toString(origin.offset()));
        put(headers, Headers.APPENDED_AT, Long.toString(origin.appendedAt()));
    }

    /** What the headers say; {@code otherwise} where somebody wrote a record without them. */
    static Origin read(org.apache.kafka.common.header.Headers headers, SourceTopics topics, Origin otherwise) {
        String topic = text(headers, Headers.TOPIC);
        String partition = text(headers, Headers.PARTITION);
        String offset = text(headers, Headers.OFFSET);
        String appendedAt = text(headers, Headers.APPENDED_AT);
        if (topic == null || partition == null || offset == null || appendedAt == null) {
            return otherwise;
        }
        try {
            var origin = new Origin(
                    topics.source(topic),
                    Integer.parseInt(partition),
                    Long.parseLong(offset),
                    Long.parseLong(appendedAt));
            return isPossible(origin) ? origin : otherwise;
        } catch (IllegalArgumentException e) {
            return otherwise;
        }
    }

    /** Whoever may write to the topic may write anything; later steps reckon with the instant in microseconds. */
    private static boolean isPossible(Origin origin) {
        return Source.ofEvents().contains(origin.topic())
                && origin.partition() >= 0
                && origin.offset() >= 0
                && origin.appendedAt() >= 0
                && origin.appendedAt() <= LATEST_MILLIS;
    }

    private static void put(org.apache.kafka.common.header.Headers headers, String name, String value) {
        headers.remove(name).add(name, value.getBytes(UTF_8));
    }

    private static @Nullable String text(org.apache.kafka.common.header.Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), UTF_8);
    }
}
