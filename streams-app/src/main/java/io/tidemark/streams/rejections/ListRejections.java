package io.tidemark.streams.rejections;

import io.tidemark.streams.hot.HotReads;
import io.tidemark.streams.reading.PartKind;
import io.tidemark.streams.reading.PartReader;
import java.util.List;

/** Lists rejections. */
public final class ListRejections implements PartReader<RejectionsAsked, RejectionsFound> {
    public static final PartKind<RejectionsAsked, RejectionsFound> KIND =
            new PartKind<>("rejections", RejectionsAsked.class, RejectionsFound.class);

    private final HotReads reads;
    private final CountedEvents counted;

    /** @param counted says of rejections whose event was sent once more that it was counted then */
    public ListRejections(HotReads reads, CountedEvents counted) {
        this.reads = reads;
        this.counted = counted;
    }

    @Override
    public PartKind<RejectionsAsked, RejectionsFound> kind() {
        return KIND;
    }

    @Override
    public RejectionsFound read(RejectionsAsked question, int partition) {
        return RejectionScan.of(reads, partition, question, one -> ResolvedBy.event(counted, partition, one));
    }

    @Override
    public RejectionsFound merge(RejectionsAsked question, List<RejectionsFound> parts) {
        return RejectionsFound.merge(question.limit(), parts);
    }
}
