package io.tidemark.streams.recount;

import io.tidemark.streams.dedupe.Id;
import io.tidemark.streams.event.Coordinates;
import io.tidemark.streams.event.Event;
import io.tidemark.streams.recount.Dispute.Claim;
import io.tidemark.streams.recount.FirstSights.Sight;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/** The disputes there are: few, as a rule none. Any number of threads, one at a time. */
final class Disputes {
    private final long reachSeconds;
    private final IntPredicate inPeriod;
    private final Map<Id, Dispute> disputes = new HashMap<>();
    private final Map<Coordinates, Dispute> unread = new HashMap<>();

    /**
     * @param reachSeconds how far apart two events of an identity may have arrived, and the later still be known for a repeat
     * @param inPeriod whether a minute is counted again
     */
    Disputes(long reachSeconds, IntPredicate inPeriod) {
        this.reachSeconds = reachSeconds;
        this.inPeriod = inPeriod;
    }

    /** An event whose identity was read before, with other content or another time. */
    synchronized void add(Id id, Sight first, Event event, Sight sight) {
        if (first.isOfThePlaceOf(sight) && !Dispute.isForgotten(first, sight, reachSeconds)) {
            // The offsets say which was first.
            return;
        }
        Dispute dispute = disputes.computeIfAbsent(id, any -> {
            var begun = new Dispute(first);
            unread.put(first.at(), begun);
            return begun;
        });
        dispute.add(event, sight, reachSeconds, inPeriod.test(sight.minute()));
    }

    /** Where the events lie that must be read once more. */
    synchronized List<Coordinates> unread() {
        return List.copyOf(unread.keySet());
    }

    /** One of those; it is no longer counted for certain. */
    synchronized void first(Coordinates at, Event event, int minute) {
        Dispute dispute = unread.remove(at);
        if (dispute != null) {
            dispute.first(event, inPeriod.test(minute));
        }
    }

    /** Leaves all open. */
    void open() {
        disputes.values().forEach(dispute -> dispute.claims().forEach(Claim::open));
    }

    List<Dispute> all() {
        return List.copyOf(disputes.values());
    }

    List<Claim> claims() {
        var claims = new ArrayList<Claim>();
        disputes.values().forEach(dispute -> claims.addAll(dispute.claims()));
        return claims;
    }

    int count() {
        return disputes.size();
    }
}
