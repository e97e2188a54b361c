package io.tidemark.benchmarks.contestants;

import io.tidemark.benchmarks.measuring.Lane;
import io.tidemark.streams.pages.DecodedCounter;

/** A2, the limit with the product's own pages: as A, but that they are held decoded, and that ids lie in a table without objects. */
public final class InHeapDecoded {
    private InHeapDecoded() {}

    public static void main(String[] words) throws Exception {
        var lane = Lane.of(words);
        lane.finish(new InHeap(lane, DecodedCounter::new).run());
    }
}
