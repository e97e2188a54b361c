package io.tidemark.benchmarks.peers.postgres;

import io.tidemark.benchmarks.measuring.Stopwatch;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/** The server, set for many writes on two cores; what a crash may lose is what it may lose by default: nothing. */
final class Server {
    private static final String DATABASE = "postgres";

    private Server() {}

    static EmbeddedPostgres start(Path directory) throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(directory)
                .setCleanDataDirectory(true)
                // The library turns both off, for tests.
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                // All of it stays in memory, and no checkpoint falls into a run.
                .setServerConfig("shared_buffers", "4GB")
                .setServerConfig("max_wal_size", "16GB")
                .setServerConfig("checkpoint_timeout", "1h")
                // No replica reads the log.
                .setServerConfig("wal_level", "minimal")
                .setServerConfig("max_wal_senders", "0")
                .setServerConfig("wal_buffers", "64MB")
                // A batch is grouped in memory; its statement is too short to be worth compiling.
                .setServerConfig("work_mem", "256MB")
                .setServerConfig("jit", "off")
                .setServerConfig("max_connections", "10")
                .start();
    }

    static Connection connect(EmbeddedPostgres server) throws SQLException {
        return server.getDatabase(DATABASE, DATABASE).getConnection();
    }

    /** What the library says last wins over what it says first, which is not to be relied on. */
    static void mustKeepWhatItCommits(Connection connection) throws SQLException {
        long on = Tables.number(
                connection,
                "SELECT count(*) FROM pg_settings WHERE name IN ('fsync', 'synchronous_commit') AND setting = 'on'");
        if (on != 2) {
            throw new IllegalStateException("a crash would lose commits");
        }
    }

    /** The process all others of the server descend from. */
    static long postmaster(Connection connection) throws SQLException {
        long backend = Tables.number(connection, "SELECT pg_backend_pid()");
        return ProcessHandle.of(backend)
                .flatMap(ProcessHandle::parent)
                .orElseThrow()
                .pid();
    }

    static long cpuNanosOf(long postmaster) {
        return ProcessHandle.of(postmaster).stream()
                .flatMap(ProcessHandle::descendants)
                .mapToLong(process -> Stopwatch.cpuNanosOf(process.pid()))
                .sum();
    }
}
