package io.tidemark.streams.pages;

import io.tidemark.streams.accounts.StoredProgress;
import io.tidemark.streams.hot.HotReads;
import io.tidemark.streams.hot.HotReads.NotServed;
import io.tidemark.streams.reading.Answer;
import io.tidemark.streams.reading.HeldParts;
import io.tidemark.streams.reading.Part;
import io.tidemark.streams.reading.PartAsked;
import io.tidemark.streams.reading.PartKind;
import io.tidemark.streams.reading.PartReader;
import io.tidemark.streams.reading.PartReaders;
import io.tidemark.streams.reading.Proven;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * Asks the partitions that are held here, one after the other, and says how fresh what they said is. Does not wait: that is {@code
 * reading}'s.
 */
public final class StoredParts implements HeldParts {
    private static final int TRIES = 3;

    private final PartReaders readers;
    private final IntFunction<Outset> look;

    /** @param proven what is known of a partition's freshness, before it is read */
    public StoredParts(PartReaders readers, HotReads reads, StoredProgress progress, IntFunction<Proven> proven) {
        this.readers = readers;
        look = partition -> Outset.of(reads, progress, proven, partition);
    }

    @Override
    public Optional<PartKind<?, ?>> kind(String name) {
        return readers.kind(name);
    }

    @Override
    public <Q, A> Answer<Part<A>> ask(PartKind<Q, A> kind, PartAsked<Q> asked) {
        PartReader<Q, A> reader = readers.of(kind);
        var said = new ArrayList<A>();
        // A partition that goes away while it is read is one that could not be read.
        var outsets = new Outsets(asked.partitions(), partition -> read(reader, asked.question(), partition, said));
        return said.isEmpty()
                ? new Answer.NotReady<>(Answer.Reason.MOVING, "no partition that was asked is served here now")
                : new Answer.Found<>(
                        new Part<>(reader.merge(asked.question(), List.copyOf(said)), outsets.freshness()));
    }

    /** Reads again when a flush was seen to come between; at the last try it may be of two moments. */
    private <Q, A> Outset read(PartReader<Q, A> reader, Q question, int partition, List<A> said) throws NotServed {
        int tries = 0;
        while (true) {
            Outset before = look.apply(partition);
            A value = reader.read(question, partition);
            Outset after = look.apply(partition);
            tries++;
            // After a move there may be less than was claimed: that must not be left to the number of tries.
            boolean settled = reader.isOfOneMoment() || after.position().equals(before.position()) || tries >= TRIES;
            if (after.isWhereItWas(before) && settled) {
                said.add(value);
                return before;
            }
        }
    }
}
