package io.tidemark.streams.routing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which peers can be asked of which partition, as they last said themselves: those that count it, then those that keep a copy, the
 * freshest first. Immutable; what this instance itself holds is not in it, as that is known without asking.
 *
 * @param epoch grows with each table that says something else
 */
public record RoutingTable(
        long epoch, Map<Integer, List<PeerAddress>> counting, Map<Integer, List<PeerAddress>> copying) {
    /** There are no peers. */
    public static final RoutingTable ALONE = new RoutingTable(0, Map.of(), Map.of());

    public RoutingTable {
        counting = Map.copyOf(counting);
        copying = Map.copyOf(copying);
    }

    /** Out of what each peer says that answers. */
    public static RoutingTable of(long epoch, Map<PeerAddress, Holding> alive) {
        var counting = new HashMap<Integer, List<PeerAddress>>();
        var copying = new HashMap<Integer, List<PeerAddress>>();
        alive.keySet().stream().sorted().forEach(peer -> {
            Holding held = alive.getOrDefault(peer, Holding.NOTHING);
            held.active().forEach(partition -> at(counting, partition).add(peer));
            held.copies().keySet().forEach(partition -> at(copying, partition).add(peer));
        });
        copying.forEach((partition, peers) -> peers.sort(Comparator.comparing((PeerAddress peer) ->
                        alive.getOrDefault(peer, Holding.NOTHING).copies().get(partition))
                .reversed()));
        return new RoutingTable(epoch, counting, copying);
    }

    private static List<PeerAddress> at(Map<Integer, List<PeerAddress>> peers, int partition) {
        return peers.computeIfAbsent(partition, any -> new ArrayList<>());
    }

    /** Whether both route alike. */
    public boolean says(RoutingTable other) {
        return counting.equals(other.counting) && copying.equals(other.copying);
    }

    List<PeerAddress> counting(int partition) {
        return counting.getOrDefault(partition, List.of());
    }

    List<PeerAddress> copying(int partition) {
        return copying.getOrDefault(partition, List.of());
    }
}
