package io.tidemark.benchmarks.peers.duckdb;

import io.tidemark.benchmarks.course.WireEvent;
import io.tidemark.benchmarks.measuring.Lane;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.duckdb.DuckDBConnection;

/**
 * The events of a topic in a table, sorted by customer and time, repeats and all; then the hundred customers who cost most in 29 days, some
 * times over, by nobody but this: {@code LANE EVENTS}. It need not keep up with anything meanwhile, which is more than Tidemark is given.
 */
public final class DuckDb {
    private static final int WARM = 5;
    private static final int TIMES = 20;
    private static final Duration POLL = Duration.ofMillis(100);
    private static final double NANOS_OF_A_MILLI = 1e6;
    private static final long MICROS_OF_A_DAY = 86_400_000_000L;
    private static final String TOP = """
            SELECT customer, count(*), sum(input_tokens), sum(output_tokens), sum(credits), sum(cost) AS spent
            FROM events WHERE tenant = ? AND occurred >= ? AND occurred < ?
            GROUP BY customer ORDER BY spent DESC, customer LIMIT 100""";

    private DuckDb() {}

    public static void main(String[] words) throws Exception {
        var lane = Lane.of(words);
        try (Connection database =
                DriverManager.getConnection("jdbc:duckdb:" + lane.directory().resolve("events"))) {
            try (Statement statement = database.createStatement()) {
                statement.execute("SET threads = 2");
                statement.execute(
                        "CREATE TABLE raw (tenant VARCHAR, customer VARCHAR, occurred BIGINT, input_tokens BIGINT,"
                                + " output_tokens BIGINT, credits BIGINT, cost BIGINT)");
                load(lane, Long.parseLong(words[1]), database.unwrap(DuckDBConnection.class));
                statement.execute("CREATE TABLE events AS SELECT * FROM raw ORDER BY tenant, customer, occurred");
                statement.execute("DROP TABLE raw");
                statement.execute("CHECKPOINT");
            }
            long to = lane.course().to().toEpochMilli() * 1_000;
            var took = new long[WARM + TIMES];
            for (int i = 0; i < took.length; i++) {
                long began = System.nanoTime();
                int rows = ask(database, lane, to);
                took[i] = System.nanoTime() - began;
                if (rows != 100) {
                    throw new IllegalStateException(rows + " rows");
                }
            }
            long[] warm = Arrays.copyOfRange(took, WARM, took.length);
            Arrays.sort(warm);
            System.out.printf(
                    Locale.ROOT,
                    "DuckDB %s, alone, the same by customer: p50 %.1f ms, most %.1f ms of %d, after %d that do not count.%n",
                    database.getMetaData().getDatabaseProductVersion(),
                    warm[TIMES / 2] / NANOS_OF_A_MILLI,
                    warm[TIMES - 1] / NANOS_OF_A_MILLI,
                    TIMES,
                    WARM);
        }
    }

    private static void load(Lane lane, long events, DuckDBConnection database) throws SQLException {
        var event = new WireEvent();
        List<TopicPartition> all = IntStream.range(0, lane.course().partitions())
                .mapToObj(partition -> new TopicPartition(lane.course().topic(), partition))
                .toList();
        try (var consumer = new KafkaConsumer<>(
                        lane.consumer("duckdb"), new ByteArrayDeserializer(), new ByteArrayDeserializer());
                var rows = database.createAppender(DuckDBConnection.DEFAULT_SCHEMA, "raw")) {
            consumer.assign(all);
            long read = 0;
            while (read < events) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    event.read(record.value());
                    rows.beginRow();
                    rows.append(tenant(event));
                    rows.append(customer(event));
                    rows.append(event.occurredMicros());
                    rows.append(event.amounts()[1]);
                    rows.append(event.amounts()[2]);
                    rows.append(event.amounts()[5]);
                    rows.append(event.amounts()[6]);
                    rows.endRow();
                    read++;
                }
            }
        }
    }

    private static String tenant(WireEvent event) {
        var bytes = new byte[event.tenantLength()];
        event.copyTenant(bytes, 0);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static String customer(WireEvent event) {
        var bytes = new byte[event.customerLength()];
        event.copyCustomer(bytes, 0);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static int ask(Connection database, Lane lane, long to) throws SQLException {
        try (var statement = database.prepareStatement(TOP)) {
            statement.setString(1, lane.course().mix().allTenants().get(0));
            statement.setLong(2, to - 29 * MICROS_OF_A_DAY);
            statement.setLong(3, to);
            int rows = 0;
            try (ResultSet found = statement.executeQuery()) {
                while (found.next()) {
                    rows++;
                }
            }
            return rows;
        }
    }
}
