package io.tidemark.streams.rejections;

import io.tidemark.streams.rejections.RejectionsAsked.State;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Rejections of some partitions, the newest first.
 *
 * @param resolved elsewhere: what resolves rejections that lie in other partitions
 * @param lookedUpTo the last that was looked at, where more may follow it; empty: there are no others
 */
public record RejectionsFound(List<Rejection> rejections, List<Elsewhere> resolved, Optional<RejectionId> lookedUpTo) {

    public RejectionsFound {
        rejections = List.copyOf(rejections);
        resolved = List.copyOf(resolved);
    }

    /** What resolves a rejection of another partition. */
    public record Elsewhere(RejectionId id, Resolution resolution) {}

    /** What parts say together: as far as all of them have looked. */
    static RejectionsFound merge(int limit, List<RejectionsFound> parts) {
        Optional<RejectionId> end =
                parts.stream().flatMap(part -> part.lookedUpTo().stream()).min(Comparator.naturalOrder());
        List<Rejection> all = parts.stream()
                .flatMap(part -> part.rejections().stream())
                .filter(one -> isWithin(one.id(), end))
                .sorted(Comparator.comparing(Rejection::id))
                .toList();
        Optional<RejectionId> upTo =
                all.size() > limit ? Optional.of(all.get(limit - 1).id()) : end;
        return new RejectionsFound(
                all.subList(0, Math.min(limit, all.size())),
                parts.stream()
                        .flatMap(part -> part.resolved().stream())
                        .filter(one -> isWithin(one.id(), upTo))
                        .toList(),
                upTo);
    }

    private static boolean isWithin(RejectionId id, Optional<RejectionId> end) {
        return end.filter(last -> id.compareTo(last) > 0).isEmpty();
    }

    /** Once no other part can add anything: those of a state. */
    public List<Rejection> of(State state) {
        Map<RejectionId, Resolution> elsewhere = new HashMap<>();
        resolved.forEach(one -> elsewhere.put(one.id(), one.resolution()));
        var taken = new ArrayList<Rejection>();
        for (Rejection one : rejections) {
            Rejection known = one.with(one.resolution().or(() -> Optional.ofNullable(elsewhere.get(one.id()))));
            if (state.takes(known)) {
                taken.add(known);
            }
        }
        return taken;
    }
}
