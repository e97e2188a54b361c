package io.tidemark.streams.rejections;

import io.tidemark.streams.hot.HotReads;
import io.tidemark.streams.reading.PartKind;
import io.tidemark.streams.reading.PartReader;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds one rejection: only the partition that has it knows, and what resolves it may lie in another. */
public final class OneRejection implements PartReader<OneRejection.Asked, OneRejection.Found> {
    public static final PartKind<Asked, Found> KIND = new PartKind<>("rejection", Asked.class, Found.class);

    private final HotReads reads;
    private final CountedEvents counted;

    /** @param counted as of {@link ListRejections} */
    public OneRejection(HotReads reads, CountedEvents counted) {
        this.reads = reads;
        this.counted = counted;
    }

    /**
     * Which one.
     *
     * @param tenant whose it is; empty where nobody knows
     */
    public record Asked(String tenant, RejectionId id) {}

    /** What is known of it. */
    public record Found(Optional<Rejection> rejection, Optional<Resolution> resolution) {
        /** Both together; empty where there is none of that id. */
        public Optional<Rejection> whole() {
            return rejection.map(one -> one.with(resolution));
        }
    }

    @Override
    public PartKind<Asked, Found> kind() {
        return KIND;
    }

    @Override
    public Found read(Asked question, int partition) {
        String tenant = question.tenant();
        RejectionId id = question.id();
        List<byte @Nullable []> stored = reads.get(
                partition, Arrays.asList(RejectionKeys.rejection(tenant, id), RejectionKeys.resolution(tenant, id)));
        Optional<Rejection> rejection =
                Optional.ofNullable(stored.get(0)).map(value -> RejectionRecord.decode(id, value));
        return new Found(
                rejection,
                Optional.ofNullable(stored.get(1))
                        .map(Resolution::decode)
                        .or(() -> rejection.flatMap(one -> ResolvedBy.event(counted, partition, one))));
    }

    @Override
    public Found merge(Asked question, List<Found> parts) {
        return new Found(
                parts.stream().flatMap(part -> part.rejection().stream()).findFirst(),
                parts.stream().flatMap(part -> part.resolution().stream()).findFirst());
    }
}
