package io.tidemark.query.instance;

import io.tidemark.query.http.Front;
import io.tidemark.query.http.Limits;
import io.tidemark.query.keys.KeyEntry;
import io.tidemark.query.peers.PeerSettings;
import io.tidemark.streams.MeteringSettings;
import java.util.List;
import java.util.Optional;

/**
 * What one instance needs to know, read once at its start.
 *
 * @param metering how it counts
 * @param host the address its door listens at
 * @param port 0 takes any free one
 * @param limits what one client may take from the others
 * @param front what stands before the door
 * @param eventsPerSecond how many events one key may send over HTTP to this instance
 * @param peers how it meets the other instances of its deployment; empty: not at all
 * @param keys that are taken besides those that were given out
 */
public record InstanceSettings(
        MeteringSettings metering,
        String host,
        int port,
        Limits limits,
        Front front,
        long eventsPerSecond,
        Optional<PeerSettings> peers,
        List<KeyEntry> keys) {
    /** 50,000. */
    public static final long EVENTS_PER_SECOND = 50_000;

    public InstanceSettings {
        keys = List.copyOf(keys);
    }

    /** Nothing stands before the door, and there are no others. */
    public InstanceSettings(MeteringSettings metering, String host, int port, Limits limits, List<KeyEntry> keys) {
        this(metering, host, port, limits, Front.DEFAULT, EVENTS_PER_SECOND, Optional.empty(), keys);
    }
}
