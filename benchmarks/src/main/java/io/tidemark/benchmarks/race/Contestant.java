package io.tidemark.benchmarks.race;

/** Who may take part, by the letter they have in reports. */
enum Contestant {
    A("in the heap, nothing kept", "io.tidemark.benchmarks.contestants.InHeap", false),
    A2("in the heap, with Tidemark's own pages", "io.tidemark.benchmarks.contestants.InHeapDecoded", false),
    B("Kafka Streams DSL as it comes, exactly once", "io.tidemark.benchmarks.contestants.Naive", false),
    T("Tidemark, exactly once", "io.tidemark.benchmarks.contestants.Shipped", false),
    TL("Tidemark with its request log, exactly once", "io.tidemark.benchmarks.contestants.ShippedWithLog", false),
    P("PostgreSQL, COPY and upsert", "io.tidemark.benchmarks.peers.postgres.Postgres", true),
    FR("Flink with RocksDB, exactly once", "io.tidemark.benchmarks.peers.flink.FlinkRocksDb", true),
    FH("Flink on the heap, exactly once", "io.tidemark.benchmarks.peers.flink.FlinkHeap", true);

    private final String description;
    private final String main;
    private final boolean peer;

    Contestant(String description, String main, boolean peer) {
        this.description = description;
        this.main = main;
        this.peer = peer;
    }

    String description() {
        return description;
    }

    String main() {
        return main;
    }

    /** Whether it needs libraries that only {@code benchmarks-peers} has. */
    boolean isPeer() {
        return peer;
    }
}
