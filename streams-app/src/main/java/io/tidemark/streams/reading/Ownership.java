package io.tidemark.streams.reading;

import io.tidemark.streams.accounts.Served;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Of which active partitions a sample of the group may be said.
 *
 * <p>A sample tells what the group has committed, whoever did. An instance that stood still past its session, or whose thread is stuck past
 * {@code max.poll.interval.ms}, still believes that it counts its partitions, while another does: what that one commits is not in the
 * store here. So a sample is said of a partition only where nobody else can have committed what it tells, which is so when
 *
 * <ol>
 *   <li>the group, asked <em>after</em> what is committed, has the partition with a member of this process, and
 *   <li>the partition's stay is the same as before anything was asked.
 * </ol>
 *
 * <p>For had another counted it in between, our member would have been put out of the group or would have given the partition up, and to be
 * given it again it would have had to join: before that Kafka Streams closes its task, which ends the stay.
 *
 * <p>While the group is being put together anew, nobody's partitions are told. Then it is enough that the member which had the partition, in
 * the same stay, is still there: ids of members that were put out never come back, and cooperative rebalancing gives
 * nobody a partition before its owner has given it up, which ends the stay.
 *
 * <p>No clock is asked: a process that stood still does not know for how long.
 */
public final class Ownership {
    private final Served served;
    private final Map<Integer, Owned> owned = new ConcurrentHashMap<>();

    private record Owned(long stay, String member, Proven proven) {}

    public Ownership(Served served) {
        this.served = served;
    }

    /** The partitions that are active here, and their stays; to be asked for before the group's offsets are. */
    Map<Integer, Long> stays() {
        var stays = new HashMap<Integer, Long>();
        served.all().forEach(partition -> stays.put(partition, served.stay(partition)));
        return stays;
    }

    /**
     * Takes a sample.
     *
     * @param stays those before the group was asked for anything
     * @param group asked for after its offsets were
     * @param proven of what the group had committed
     */
    void sampled(Map<Integer, Long> stays, Group group, Proven proven) {
        owned.keySet().removeIf(partition -> served.stay(partition) == Served.NOT);
        stays.forEach((partition, stay) -> {
            if (stay == served.stay(partition)) {
                member(partition, stay, group)
                        .ifPresent(member -> owned.put(partition, new Owned(stay, member, proven)));
            }
        });
    }

    private Optional<String> member(int partition, long stay, Group group) {
        return Optional.ofNullable(group.ours().get(partition))
                .or(() -> Optional.ofNullable(owned.get(partition))
                        .filter(before -> before.stay() == stay)
                        .map(Owned::member)
                        .filter(member -> !group.isStable() && group.present().contains(member)));
    }

    /** What may be said of an active partition in this stay; empty as long as nothing is known of it. */
    Optional<Proven> proven(int partition, long stay) {
        return Optional.ofNullable(owned.get(partition))
                .filter(one -> one.stay() == stay)
                .map(Owned::proven);
    }

    /** Whether something is known of every partition that is active here. */
    boolean isSettled() {
        return stays().entrySet().stream()
                .allMatch(one -> proven(one.getKey(), one.getValue()).isPresent());
    }
}
