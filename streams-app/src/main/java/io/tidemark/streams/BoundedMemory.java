package io.tidemark.streams;

import io.tidemark.streams.hot.HotStore;
import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.CompressionType;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * Gives all stores of the process one block cache and one budget for unflushed writes, instead of up to 100 MB each.
 *
 * <p>Static because Kafka Streams makes an instance for each store and names the class alone; it lives as long as the
 * process, so nothing of it is closed.
 */
public final class BoundedMemory implements RocksDBConfigSetter {
    private static final long BLOCKS_BYTES = 256L << 20;
    private static final long WRITES_BYTES = 384L << 20;
    private static final long MEMTABLE_BYTES = 32L << 20;
    /**
     * So many files of a store lie over each other before they are put together. With less room for writes and four, RocksDB's own threads took more CPU than
     * counting while all customers changed all the time.
     */
    private static final int RUNS = 8;

    /** Of a memtable, for a filter: what is not in it is not looked for. Each memtable has it from its beginning. */
    private static final double MEMTABLE_FILTER = 0.02;

    private static final Cache CACHE;
    private static final WriteBufferManager WRITES;

    static {
        RocksDB.loadLibrary();
        // What is written is charged to the cache: with room for blocks alone, writes would leave none for them.
        CACHE = new LRUCache(BLOCKS_BYTES + WRITES_BYTES);
        WRITES = new WriteBufferManager(WRITES_BYTES, CACHE);
    }

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
        BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
        table.setBlockCache(CACHE);
        table.setCacheIndexAndFilterBlocks(true);
        table.setCacheIndexAndFilterBlocksWithHighPriority(true);
        table.setPinTopLevelIndexAndFilter(true);
        table.setPinL0FilterAndIndexBlocksInCache(true);
        options.setTableFormatConfig(table);
        options.setWriteBufferManager(WRITES);
        options.setWriteBufferSize(MEMTABLE_BYTES);
        if (storeName.equals(HotStore.NAME)) {
            options.setMemtablePrefixBloomSizeRatio(MEMTABLE_FILTER);
            options.setMemtableWholeKeyFiltering(true);
        }
        options.setLevel0FileNumCompactionTrigger(RUNS);
        options.setCompressionType(CompressionType.LZ4_COMPRESSION);
    }

    @Override
    public void close(String storeName, Options options) {
        // The cache and the budget are the process's, not this store's.
    }
}
