package io.tidemark.streams.rejections;

import io.tidemark.streams.event.Claim;
import io.tidemark.streams.hot.HotReads;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/** Finds the rejections of an event by its identity. All of a customer's lie in the customer's partition. */
public final class RejectionsOfEvent {
    private RejectionsOfEvent() {}

    /**
     * The newest sixteen, the newest first; conflicts are among them.
     *
     * @param partition the customer's
     * @param source empty where none was named
     * @throws HotReads.NotServed when the partition cannot be read here
     */
    public static List<Rejection> of(
            HotReads reads, int partition, String tenant, String customer, String source, String eventId) {
        Bytes key = RejectionKeys.event(new Claim(tenant, customer, source, eventId));
        KeptSince kept = KeptSince.decode(reads.get(partition, RejectionKeys.KEPT));
        List<RejectionId> ids = Attempts.decode(reads.get(partition, key)).newest();
        var keys = new ArrayList<Bytes>();
        for (RejectionId id : ids) {
            keys.add(RejectionKeys.rejection(tenant, id));
            keys.add(RejectionKeys.resolution(tenant, id));
        }
        List<byte @Nullable []> stored = reads.get(partition, keys);
        var found = new ArrayList<Rejection>();
        for (int i = 0; i < ids.size(); i++) {
            byte @Nullable [] rejection = stored.get(2 * i);
            if (rejection != null && ids.get(i).appendedAt() > kept.gone()) {
                found.add(RejectionRecord.decode(ids.get(i), rejection)
                        .with(Optional.ofNullable(stored.get(2 * i + 1)).map(Resolution::decode)));
            }
        }
        return found;
    }
}
