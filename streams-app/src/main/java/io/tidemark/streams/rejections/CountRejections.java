package io.tidemark.streams.rejections;

import io.tidemark.streams.hot.HotReads;
import io.tidemark.streams.reading.PartKind;
import io.tidemark.streams.reading.PartReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How many events were rejected, by day and reason: counted as they are, so a million cost as little as one. */
public final class CountRejections implements PartReader<CountRejections.Asked, CountRejections.Counted> {
    public static final PartKind<Asked, Counted> KIND = new PartKind<>("rejection-counts", Asked.class, Counted.class);

    private final HotReads reads;

    public CountRejections(HotReads reads) {
        this.reads = reads;
    }

    /**
     * Of which days.
     *
     * @param tenant whose; empty: those of which nobody knows whose they are
     * @param from the first day, UTC days since 1970-01-01
     * @param to the day behind the last
     */
    public record Asked(String tenant, int from, int to) {}

    /** In the order of days and reasons; none that is zero. */
    public record Counted(List<Tally> tallies) {
        public Counted {
            tallies = List.copyOf(tallies);
        }
    }

    @Override
    public PartKind<Asked, Counted> kind() {
        return KIND;
    }

    @Override
    public Counted read(Asked question, int partition) {
        var tallies = new ArrayList<Tally>();
        reads.scan(
                partition,
                RejectionKeys.tallies(question.tenant(), question.from()),
                RejectionKeys.tallies(question.tenant(), question.to()),
                (key, value) -> tallies.add(RejectionKeys.tallyOf(key, Tally.decode(value))));
        return new Counted(tallies);
    }

    @Override
    public Counted merge(Asked question, List<Counted> parts) {
        Map<Integer, Map<String, Long>> sums = new TreeMap<>();
        for (Counted part : parts) {
            for (Tally one : part.tallies()) {
                sums.computeIfAbsent(one.day(), any -> new TreeMap<>())
                        .merge(one.reason(), one.count(), Math::addExact);
            }
        }
        var all = new ArrayList<Tally>();
        sums.forEach((day, reasons) -> reasons.forEach((reason, count) -> all.add(new Tally(day, reason, count))));
        return new Counted(all);
    }
}
