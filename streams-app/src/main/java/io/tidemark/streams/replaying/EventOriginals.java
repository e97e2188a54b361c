package io.tidemark.streams.replaying;

import io.tidemark.streams.event.Coordinates;
import io.tidemark.streams.originals.Contents;
import io.tidemark.streams.originals.Original;
import io.tidemark.streams.originals.Originals;
import java.time.Duration;

/** What was sent, as it lies in its topic. */
public interface EventOriginals {
    Duration UNTIL_THE_REGISTRY_SAYS = Duration.ofSeconds(2);

    Original at(Coordinates place) throws InterruptedException;

    /** What its value says, to be shown. */
    Contents contents(Original.Found original) throws InterruptedException;

    /** Out of Kafka. */
    static EventOriginals of(Originals originals) {
        return new EventOriginals() {
            @Override
            public Original at(Coordinates place) throws InterruptedException {
                return originals.at(place.topic(), place.partition(), place.offset());
            }

            @Override
            public Contents contents(Original.Found original) throws InterruptedException {
                return originals.contents(original, UNTIL_THE_REGISTRY_SAYS);
            }
        };
    }
}
