package io.tidemark.query.rejected;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tidemark.streams.originals.Contents;
import io.tidemark.streams.originals.Original;
import io.tidemark.streams.replaying.Replays;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was sent, in an answer.
 *
 * @param state {@code decoded}: {@code event} says it; {@code raw}: it cannot be read, for {@code detail}, and {@code value} has its bytes; {@code gone}:
 *     its topic does not have it any more; {@code unavailable}: Kafka did not say in time
 * @param value base64; the first 64 KiB of it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record OriginalBody(
        String state,
        @Nullable String key,
        @Nullable Integer schemaId,
        @Nullable String schema,
        @Nullable Map<String, @Nullable Object> event,
        @Nullable String value,
        @Nullable Integer valueBytes,
        @Nullable String detail) {

    private static final int MOST_SHOWN = 64 * 1_024;

    static OriginalBody of(Replays replays, Original original) throws InterruptedException {
        if (original instanceof Original.Found found) {
            return of(found, replays.contents(found));
        }
        return original instanceof Original.NotNow notNow
                ? new OriginalBody("unavailable", null, null, null, null, null, null, notNow.why())
                : new OriginalBody("gone", null, null, null, null, null, null, null);
    }

    private static OriginalBody of(Original.Found found, Contents contents) {
        String key = base64(found.key());
        if (contents instanceof Contents.Said said) {
            return new OriginalBody(
                    "decoded", key, said.schemaId(), said.schema(), said.fields(), null, found.valueBytes(), null);
        }
        String why = contents instanceof Contents.Unreadable unreadable
                ? unreadable.why()
                : "the registry cannot be asked now for its schema";
        return new OriginalBody("raw", key, null, null, null, base64(found.value()), found.valueBytes(), why);
    }

    private static @Nullable String base64(byte @Nullable [] bytes) {
        return bytes == null
                ? null
                : Base64.getEncoder().encodeToString(Arrays.copyOf(bytes, Math.min(MOST_SHOWN, bytes.length)));
    }
}
