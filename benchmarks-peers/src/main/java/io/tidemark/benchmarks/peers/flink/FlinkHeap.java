package io.tidemark.benchmarks.peers.flink;

import io.tidemark.benchmarks.measuring.Lane;

/** FH: with state on the heap, which it must fit into, and checkpoints of all of it. */
public final class FlinkHeap {
    private FlinkHeap() {}

    public static void main(String[] words) throws Exception {
        var lane = Lane.of(words);
        lane.finish(new FlinkRun(lane, "hashmap").run());
        Runtime.getRuntime().halt(0);
    }
}
