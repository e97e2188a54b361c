package io.tidemark.query.rejected;

import io.tidemark.streams.event.Coordinates;
import java.util.Locale;

/**
 * Where a record lies, in an answer.
 *
 * @param topic without the prefix of the deployment
 */
record Place(String topic, int partition, long offset) {

    static Place of(Coordinates at) {
        return new Place(at.topic().name().toLowerCase(Locale.ROOT), at.partition(), at.offset());
    }
}
