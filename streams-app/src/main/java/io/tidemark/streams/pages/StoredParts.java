package io.tidemark.streams.pages;

import io.tidemark.streams.accounts.StoredProgress;
import io.tidemark.streams.hot.HotReads;
import io.tidemark.streams.hot.HotReads.NotServed;
import io.tidemark.streams.reading.Answer;
import io.tidemark.streams.reading.HeldParts;
import io.tidemark.streams.reading.ManyHands;
import io.tidemark.streams.reading.Part;
import io.tidemark.streams.reading.PartAsked;
import io.tidemark.streams.reading.PartKind;
import io.tidemark.streams.reading.PartReader;
import io.tidemark.streams.reading.PartReaders;
import io.tidemark.streams.reading.Proven;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * Asks the partitions that are held here, and says how fresh what they said is. Does not wait: that is {@code
 * reading}'s.
 */
public final class StoredParts implements HeldParts {
    private static final int TRIES = 3;

    private final PartReaders readers;
    private final IntFunction<Outset> look;
    private final ManyHands hands;

    /**
     * @param proven what is known of a partition's freshness, before it is read
     * @param hands who else reads, where there is much to read
     */
    public StoredParts(
            PartReaders readers, HotReads reads, StoredProgress progress, IntFunction<Proven> proven, ManyHands hands) {
        this.readers = readers;
        this.hands = hands;
        look = partition -> Outset.of(reads, progress, proven, partition);
    }

    @Override
    public Optional<PartKind<?, ?>> kind(String name) {
        return readers.kind(name);
    }

    @Override
    public <Q, A> Answer<Part<A>> ask(PartKind<Q, A> kind, PartAsked<Q> asked) {
        PartReader<Q, A> reader = readers.of(kind);
        List<Integer> partitions = asked.partitions().stream().sorted().toList();
        List<Optional<Said<A>>> all = hands.each(partitions, partition -> {
            try {
                return Optional.of(read(reader, asked.question(), partition));
            } catch (NotServed e) {
                // A partition that goes away while it is read is one that could not be read.
                return Optional.empty();
            }
        });
        List<A> said = all.stream().flatMap(Optional::stream).map(Said::value).toList();
        if (said.isEmpty()) {
            return new Answer.NotReady<>(Answer.Reason.MOVING, "no partition that was asked is served here now");
        }
        var outsets = new Outsets(
                asked.partitions(),
                partition -> all.get(partitions.indexOf(partition))
                        .map(Said::as)
                        .orElseThrow(() -> new NotServed("partition " + partition + " went away while it was read")));
        return new Answer.Found<>(new Part<>(reader.merge(asked.question(), said), outsets.freshness()));
    }

    /** What one partition said. */
    private record Said<A>(Outset as, A value) {}

    /** Reads again when a flush was seen to come between; at the last try it may be of two moments. */
    private <Q, A> Said<A> read(PartReader<Q, A> reader, Q question, int partition) {
        int tries = 0;
        while (true) {
            Outset before = look.apply(partition);
            A value = reader.read(question, partition);
            Outset after = look.apply(partition);
            tries++;
            // After a move there may be less than was claimed: that must not be left to the number of tries.
            boolean settled = reader.isOfOneMoment() || after.position().equals(before.position()) || tries >= TRIES;
            if (after.isWhereItWas(before) && settled) {
                return new Said<>(before, value);
            }
        }
    }
}
