package io.tidemark.streams.dedupe;

/**
 * How large blocks and slices become.
 *
 * @param blockIds of a block: what is read where a fingerprint says so
 * @param sliceIds of a slice: a table of 16 MiB when it is full. A start reads that many ids at most; each slice is asked for every new id
 * @param sliceBlocks of a slice: where little comes, each commit's block is small
 */
record Bounds(int blockIds, int sliceIds, int sliceBlocks) {
    static final Bounds DEFAULT = new Bounds(256, 4_096 * IdTable.IDS_IN_BUCKET, IdTable.MOST_BLOCKS);
}
