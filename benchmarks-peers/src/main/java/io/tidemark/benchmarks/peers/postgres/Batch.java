package io.tidemark.benchmarks.peers.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import io.tidemark.benchmarks.course.WireEvent;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.postgresql.PGConnection;

/**
 * One transaction: copied in binary into a temporary table, which is not logged; then one statement that keeps the ids, and
 * adds those events up whose ids are new; then the offsets. Repeats within the batch never leave the client.
 */
final class Batch {
    private static final String STAGED = "id, customer, at, " + String.join(", ", Tables.AMOUNTS);

    private static final Map<String, Integer> MINUTES = Map.of("minutes", 1, "hours", 60, "days", 24 * 60);

    private final Connection connection;
    private final PreparedStatement upsert;
    private final PreparedStatement offset;
    private final CustomerNumbers customers;
    private final CopyBytes rows = new CopyBytes();
    private final Set<UUID> ids = new HashSet<>();
    private final Map<Integer, Long> next = new HashMap<>();
    private int size;

    Batch(Connection connection) throws SQLException {
        this.connection = connection;
        connection.setAutoCommit(false);
        Tables.run(
                connection,
                "CREATE TEMPORARY TABLE staged (id uuid, customer int, at int, "
                        + String.join(" bigint, ", Tables.AMOUNTS) + " bigint) ON COMMIT DELETE ROWS");
        connection.commit();
        customers = new CustomerNumbers(connection);
        upsert = connection.prepareStatement(statement());
        offset = connection.prepareStatement(
                "INSERT INTO offsets VALUES (?, ?) ON CONFLICT (part) DO UPDATE SET next = excluded.next");
    }

    private static String statement() {
        return "WITH fresh AS (INSERT INTO ids SELECT id FROM staged ON CONFLICT DO NOTHING RETURNING id), "
                + "counted AS MATERIALIZED (SELECT staged.* FROM staged JOIN fresh USING (id)), "
                + Tables.SPANS.stream().map(Batch::add).collect(joining(", "))
                + " SELECT count(*) FROM fresh";
    }

    private static String add(String span) {
        String sums =
                Tables.AMOUNTS.stream().map(one -> "sum(" + one + ")::bigint").collect(joining(", "));
        String more = Tables.AMOUNTS.stream()
                .map(one -> one + " = " + span + "." + one + " + excluded." + one)
                .collect(joining(", "));
        return "to_" + span + " AS (INSERT INTO " + span + " SELECT customer, at / " + MINUTES.get(span) + ", " + sums
                + " FROM counted GROUP BY 1, 2 ON CONFLICT (customer, at) DO UPDATE SET " + more + ")";
    }

    int size() {
        return size;
    }

    void add(ConsumerRecord<byte[], byte[]> record, WireEvent event) throws SQLException {
        size++;
        next.put(record.partition(), record.offset() + 1);
        if (ids.add(new UUID(event.idHigh(), event.idLow()))) {
            rows.row(
                    event.idHigh(),
                    event.idLow(),
                    customers.of(new String(record.key(), UTF_8)),
                    Math.toIntExact(event.minute()),
                    event.amounts());
        }
    }

    /** How many were no repeats. */
    long commit() throws SQLException, IOException {
        rows.copyTo(connection.unwrap(PGConnection.class), "COPY staged (" + STAGED + ") FROM STDIN (FORMAT binary)");
        long fresh;
        try (ResultSet row = upsert.executeQuery()) {
            row.next();
            fresh = row.getLong(1);
        }
        for (Map.Entry<Integer, Long> one : next.entrySet()) {
            offset.setInt(1, one.getKey());
            offset.setLong(2, one.getValue());
            offset.addBatch();
        }
        offset.executeBatch();
        connection.commit();
        size = 0;
        ids.clear();
        next.clear();
        return fresh;
    }
}
