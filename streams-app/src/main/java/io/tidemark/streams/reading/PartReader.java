package io.tidemark.streams.reading;

import java.util.List;

/**
 * What a room gives so that a question of its own can be asked of the partitions, whichever instance holds them. All else is done around
 * it: who is asked, what is waited for, how fresh and how complete the answer is.
 */
public interface PartReader<Q, A> {

    PartKind<Q, A> kind();

    /**
     * What one partition says. Called on a thread of the read pool; again where something was written meanwhile, so without effect.
     *
     * @throws io.tidemark.streams.hot.HotReads.NotServed when the partition cannot be read here now
     */
    A read(Q question, int partition);

    /**
     * Whether what is read is of one moment by itself, or says what it is of: then it is not read again where something was written meanwhile.
     */
    default boolean isOfOneMoment() {
        return false;
    }

    /**
     * Puts the answers of different partitions together, those of one instance and those of several alike. Pure.
     *
     * @param parts one or more
     */
    A merge(Q question, List<A> parts);
}
