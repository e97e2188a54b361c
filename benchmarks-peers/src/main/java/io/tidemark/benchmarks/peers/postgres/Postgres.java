package io.tidemark.benchmarks.peers.postgres;

import io.tidemark.benchmarks.course.Counted;
import io.tidemark.benchmarks.measuring.Figures;
import io.tidemark.benchmarks.measuring.Lane;
import io.tidemark.benchmarks.measuring.Stopwatch;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** P: two consumers, each with a connection of its own; their batches, with the offsets, one transaction each. */
public final class Postgres {
    private static final int THREADS = 2;

    private Postgres() {}

    public static void main(String[] words) throws Exception {
        var lane = Lane.of(words);
        try (var server = Server.start(lane.directory().resolve("postgres"))) {
            lane.finish(run(lane, server));
        }
        Runtime.getRuntime().halt(0);
    }

    private static Figures run(Lane lane, EmbeddedPostgres server) throws Exception {
        try (Connection asking = Server.connect(server)) {
            Server.mustKeepWhatItCommits(asking);
            Tables.make(asking);
            long postmaster = Server.postmaster(asking);
            var stopwatch = new Stopwatch(
                    lane.course().events(),
                    () -> Stopwatch.cpuNanosOf(lane.brokerPid()) + Server.cpuNanosOf(postmaster));
            long logged = Tables.logBytes(asking);
            long fresh = feed(lane, server, stopwatch);
            logged = Tables.logBytes(asking) - logged;
            Counted counted = Tables.counted(asking, lane.course().events() - fresh);
            return stopwatch.figures(counted, logged, Tables.bytes(asking));
        }
    }

    /** How many records were no repeats. */
    private static long feed(Lane lane, EmbeddedPostgres server, Stopwatch stopwatch) throws Exception {
        var progress = new Progress(stopwatch);
        var pool = Executors.newFixedThreadPool(THREADS);
        List<Connection> connections = new ArrayList<>();
        try {
            var feeding = new ArrayList<Future<Long>>();
            for (int thread = 0; thread < THREADS; thread++) {
                Connection connection = Server.connect(server);
                connections.add(connection);
                var feeder = new Feeder(lane, connection, progress, thread, THREADS);
                feeding.add(pool.submit(feeder::run));
            }
            long fresh = 0;
            for (Future<Long> one : feeding) {
                fresh += one.get();
            }
            stopwatch.stop();
            return fresh;
        } finally {
            pool.shutdown();
            for (Connection connection : connections) {
                connection.close();
            }
        }
    }
}
