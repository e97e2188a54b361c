package io.tidemark.streams.rejections;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.streams.event.Claim;
import io.tidemark.streams.event.Coordinates;
import io.tidemark.streams.event.Fault;
import io.tidemark.streams.event.Origin;
import io.tidemark.streams.event.Reason;
import io.tidemark.streams.event.Source;
import io.tidemark.streams.rejections.RejectionsAsked.State;
import io.tidemark.streams.rejections.RejectionsFound.Elsewhere;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** What several partitions say together. */
@NullMarked
class RejectionsFoundTest {
    private static final long AT = 1_790_000_000_000L;

    @Test
    void goOnlyAsFarAsAllHaveLooked() {
        var some = new RejectionsFound(List.of(at(0, 90), at(0, 50)), List.of(), Optional.of(id(0, 50)));
        var all = new RejectionsFound(List.of(at(1, 80), at(1, 40)), List.of(), Optional.empty());
        RejectionsFound both = RejectionsFound.merge(10, List.of(some, all));
        assertThat(both.rejections()).containsExactly(at(0, 90), at(1, 80), at(0, 50));
        assertThat(both.lookedUpTo()).contains(id(0, 50));
        RejectionsFound first = RejectionsFound.merge(2, List.of(all, some));
        assertThat(first.rejections()).containsExactly(at(0, 90), at(1, 80));
        assertThat(first.lookedUpTo()).contains(id(1, 80));
    }

    @Test
    void knowWhatWasResolvedInAnotherPartition() {
        var resolution = new Resolution(new Coordinates(Source.USAGE, 2, 7));
        var lies = new RejectionsFound(List.of(at(0, 90), at(0, 50)), List.of(), Optional.empty());
        var knows = new RejectionsFound(List.of(), List.of(new Elsewhere(id(0, 50), resolution)), Optional.empty());
        // Of one instance first, and then of several.
        RejectionsFound here = RejectionsFound.merge(10, List.of(knows));
        RejectionsFound both = RejectionsFound.merge(10, List.of(lies, here));
        assertThat(both.of(State.OPEN)).containsExactly(at(0, 90));
        assertThat(both.of(State.RESOLVED))
                .singleElement()
                .satisfies(one -> assertThat(one.resolution()).contains(resolution));
        assertThat(both.of(State.ALL)).hasSize(2);
    }

    @Test
    void aTenantsPagesHoldEachOnceHoweverTheyAreSpread() {
        var random = new Random(20261120);
        for (int round = 0; round < 200; round++) {
            List<List<Rejection>> partitions = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
            var all = new ArrayList<Rejection>();
            for (int i = random.nextInt(60); i > 0; i--) {
                int partition = random.nextInt(3);
                // Many of one millisecond.
                Rejection one = new Rejection(
                        new RejectionId(new Coordinates(Source.USAGE, partition, i), AT + random.nextInt(5)),
                        Claim.NONE,
                        List.of(new Fault(Reason.MALFORMED, "")),
                        0,
                        Optional.empty(),
                        Optional.empty());
                partitions.get(partition).add(one);
                all.add(one);
            }
            partitions.forEach(of -> of.sort((one, other) -> one.id().compareTo(other.id())));
            all.sort((one, other) -> one.id().compareTo(other.id()));
            int limit = 1 + random.nextInt(9);
            var seen = new ArrayList<Rejection>();
            Optional<RejectionId> after = Optional.empty();
            do {
                var parts = new ArrayList<RejectionsFound>();
                for (List<Rejection> of : partitions) {
                    parts.add(page(of, after, limit));
                }
                RejectionsFound page = RejectionsFound.merge(limit, parts);
                seen.addAll(page.rejections());
                after = page.lookedUpTo();
            } while (after.isPresent());
            assertThat(seen).as("round %d", round).isEqualTo(all);
        }
    }

    @Test
    void haveIdsThatSayWhereAndWhen() {
        assertThat(id(3, 9).text()).isEqualTo("usage-3-9-" + (AT + 9));
        assertThat(RejectionId.parse("usage-3-9-" + (AT + 9))).contains(id(3, 9));
        for (String text : List.of(
                "", "usage-3-9", "customers-1-1-1", "usage--3-9-1", "usage-3-9-1-", "usage-3-99999999999999999999-1")) {
            assertThat(RejectionId.parse(text)).as(text).isEmpty();
        }
        // Whoever writes to rekey may write any time.
        for (long time : List.of(Long.MIN_VALUE, -1L, Long.MAX_VALUE)) {
            RejectionId odd = RejectionId.of(new Origin(Source.REKEY, 1, 2, time));
            assertThat(RejectionId.parse(odd.text())).contains(odd);
            assertThat(RejectionIndex.day(odd.appendedAt())).isNotNegative();
        }
    }

    private static RejectionsFound page(List<Rejection> all, Optional<RejectionId> after, int limit) {
        List<Rejection> behind = all.stream()
                .filter(one -> after.filter(id -> one.id().compareTo(id) <= 0).isEmpty())
                .toList();
        List<Rejection> page = behind.subList(0, Math.min(limit, behind.size()));
        return new RejectionsFound(
                page,
                List.of(),
                page.size() < behind.size()
                        ? Optional.of(page.get(page.size() - 1).id())
                        : Optional.empty());
    }

    private static RejectionId id(int partition, long offset) {
        return new RejectionId(new Coordinates(Source.USAGE, partition, offset), AT + offset);
    }

    private static Rejection at(int partition, long offset) {
        return new Rejection(
                id(partition, offset),
                Claim.NONE,
                List.of(new Fault(Reason.MALFORMED, "")),
                0,
                Optional.empty(),
                Optional.empty());
    }
}
