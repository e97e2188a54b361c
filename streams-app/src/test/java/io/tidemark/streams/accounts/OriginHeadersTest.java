package io.tidemark.streams.accounts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.schemas.Headers;
import io.tidemark.streams.event.Origin;
import io.tidemark.streams.event.Source;
import java.util.List;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
class OriginHeadersTest {
    private static final Origin HERE = new Origin(Source.REKEY, 1, 2, 3);
    private static final SourceTopics TOPICS = SourceTopics.of(
            new SourceTopics.Identity("requests", new Uuid(1, 1)),
            new SourceTopics.Identity("usage", new Uuid(2, 2)),
            new SourceTopics.Identity("rekey", new Uuid(3, 3)),
            new SourceTopics.Identity("customers", new Uuid(5, 5)));

    @Test
    void areReadBackAsTheyWereWritten() {
        var origin = new Origin(Source.USAGE, 11, 1L << 40, 1_790_000_000_123L);
        assertThat(OriginHeaders.read(written(origin), TOPICS, HERE)).isEqualTo(origin);
    }

    @Test
    void areReplacedNotAdded() {
        RecordHeaders headers = written(new Origin(Source.USAGE, 1, 1, 1));
        OriginHeaders.write(headers, new Origin(Source.REQUESTS, 2, 2, 2), TOPICS);
        assertThat(headers.toArray()).hasSize(4);
        assertThat(OriginHeaders.read(headers, TOPICS, HERE)).isEqualTo(new Origin(Source.REQUESTS, 2, 2, 2));
    }

    @Test
    void countForNothingWhenOneIsMissing() {
        for (String name : List.of(Headers.TOPIC, Headers.PARTITION, Headers.OFFSET, Headers.APPENDED_AT)) {
            RecordHeaders headers = written(new Origin(Source.USAGE, 1, 1, 1));
            headers.remove(name);
            assertThat(OriginHeaders.read(headers, TOPICS, HERE)).as(name).isEqualTo(HERE);
        }
        assertThat(OriginHeaders.read(new RecordHeaders(), TOPICS, HERE)).isEqualTo(HERE);
    }

    @Test
    void countForNothingWhenTheyCannotBeTrue() {
        refused(Headers.TOPIC, "elsewhere", "");
        refused(Headers.PARTITION, "x", "-1", "99999999999");
        refused(Headers.OFFSET, "", "-1", "1e3");
        // Beyond what an instant in microseconds can be, a later step could only throw.
        refused(
                Headers.APPENDED_AT,
                "soon",
                "-1",
                Long.toString(Long.MAX_VALUE),
                Long.toString(Long.MAX_VALUE / 1_000));
    }

    private static void refused(String name, String... values) {
        for (String value : values) {
            RecordHeaders headers = written(new Origin(Source.USAGE, 1, 1, 1));
            headers.remove(name).add(name, value.getBytes(UTF_8));
            assertThat(OriginHeaders.read(headers, TOPICS, HERE))
                    .as(name + "=" + value)
                    .isEqualTo(HERE);
        }
    }

    private static RecordHeaders written(Origin origin) {
        var headers = new RecordHeaders();
        OriginHeaders.write(headers, origin, TOPICS);
        return headers;
    }
}
