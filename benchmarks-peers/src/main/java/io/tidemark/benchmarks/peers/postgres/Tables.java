package io.tidemark.benchmarks.peers.postgres;

import io.tidemark.benchmarks.course.Counted;
import io.tidemark.benchmarks.course.Tally;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Ids, and one row for each customer and minute, hour and day. Customers are numbers, decimals whole ones in units of 10^-9: both narrower
 * than what one would first write.
 */
final class Tables {
    static final List<String> SPANS = List.of("minutes", "hours", "days");
    static final List<String> AMOUNTS = List.of(
            "events", "input_tokens", "output_tokens", "cached_input_tokens", "reasoning_tokens", "credits", "cost");

    private Tables() {}

    static void make(Connection connection) throws SQLException {
        run(connection, "CREATE TABLE ids (id uuid PRIMARY KEY)");
        run(connection, "CREATE TABLE customers (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text UNIQUE)");
        run(connection, "CREATE TABLE offsets (part int PRIMARY KEY, next bigint NOT NULL)");
        for (String span : SPANS) {
            // Room for the next version of a row beside it: then no index is touched.
            run(
                    connection,
                    "CREATE TABLE " + span + " (customer int, at int, " + String.join(" bigint NOT NULL, ", AMOUNTS)
                            + " bigint NOT NULL, PRIMARY KEY (customer, at)) WITH (fillfactor = 70)");
        }
    }

    static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static long number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Written to the write-ahead log so far. */
    static long logBytes(Connection connection) throws SQLException {
        return number(connection, "SELECT pg_current_wal_lsn() - '0/0'::pg_lsn");
    }

    /** Of all tables, with their indexes. */
    static long bytes(Connection connection) throws SQLException {
        return number(
                connection,
                "SELECT sum(pg_total_relation_size(relid)) FROM pg_stat_user_tables WHERE schemaname = 'public'");
    }

    static Counted counted(Connection connection, long duplicates) throws SQLException {
        return new Counted(
                duplicates,
                sum(connection, SPANS.get(0)),
                sum(connection, SPANS.get(1)),
                sum(connection, SPANS.get(2)));
    }

    private static Tally sum(Connection connection, String span) throws SQLException {
        String sums = String.join("), sum(", AMOUNTS);
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT sum(" + sums + ") FROM " + span)) {
            row.next();
            var amounts = new long[Tally.SIZE];
            for (int i = 0; i < amounts.length; i++) {
                amounts[i] = row.getBigDecimal(i + 1).longValueExact();
            }
            return Tally.of(amounts);
        }
    }
}
