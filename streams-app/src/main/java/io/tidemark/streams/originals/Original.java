package io.tidemark.streams.originals;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What lies at a place of a topic. Nothing in here knows Kafka. */
public sealed interface Original {

    /**
     * The record that lies there, as it came.
     *
     * @param appendedAt by the topic's own time: the broker's, for {@code requests} and {@code usage}
     * @param keyBytes how many bytes the key has; more than are here where it is too large to be counted
     * @param valueBytes the same of the value
     */
    @SuppressWarnings("ArrayRecordComponent") // the bytes as they came; nobody compares two of these
    record Found(
            String topic,
            int partition,
            long offset,
            Instant appendedAt,
            byte @Nullable [] key,
            byte @Nullable [] value,
            List<Header> headers,
            int keyBytes,
            int valueBytes)
            implements Original {
        public Found {
            headers = List.copyOf(headers);
        }

        /** Whether all of it is here. */
        public boolean isWhole() {
            return keyBytes == (key == null ? 0 : key.length) && valueBytes == (value == null ? 0 : value.length);
        }
    }

    /** One header, as it came. */
    @SuppressWarnings("ArrayRecordComponent")
    record Header(String name, byte @Nullable [] value) {}

    /** Retention has deleted it: the first that is left is at {@code firstKept}. */
    record Gone(long firstKept) implements Original {}

    /** No record lies there: the partition ends before, or it is the place of something that is no record, such as a transaction's mark. */
    record NotThere() implements Original {}

    /** Kafka did not say in time. */
    record NotNow(String why) implements Original {}
}
