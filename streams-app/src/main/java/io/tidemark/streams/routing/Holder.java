package io.tidemark.streams.routing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Somebody who holds a partition.
 *
 * @param peer empty: this instance
 */
record Holder(Optional<PeerAddress> peer) {
    private static final Holder HERE = new Holder(Optional.empty());

    /**
     * Whom to ask of a partition, the best first: who counts it has the freshest totals, and is asked even where a copy lies here. Nobody
     * who is restoring it is among them.
     */
    static List<Holder> of(int partition, Here here, RoutingTable table) {
        var holders = new ArrayList<Holder>();
        if (here.counts(partition)) {
            holders.add(HERE);
        }
        table.counting(partition).forEach(peer -> holders.add(new Holder(Optional.of(peer))));
        if (holders.isEmpty() || !holders.get(0).equals(HERE)) {
            if (here.copies(partition)) {
                holders.add(HERE);
            }
        }
        table.copying(partition).forEach(peer -> holders.add(new Holder(Optional.of(peer))));
        return holders;
    }

    boolean isHere() {
        return peer.isEmpty();
    }
}
