package io.tidemark.benchmarks.peers.flink;

import io.tidemark.benchmarks.measuring.Lane;

/** FR: with state in RocksDB, which may be larger than memory, and checkpoints of what changed. */
public final class FlinkRocksDb {
    private FlinkRocksDb() {}

    public static void main(String[] words) throws Exception {
        var lane = Lane.of(words);
        lane.finish(new FlinkRun(lane, "rocksdb").run());
        Runtime.getRuntime().halt(0);
    }
}
