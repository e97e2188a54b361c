package io.tidemark.benchmarks.peers.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The number that stands for a customer in every row, remembered by the client. A customer is met by one connection only. */
final class CustomerNumbers {
    private final Map<String, Integer> known = new HashMap<>();
    private final PreparedStatement insert;

    CustomerNumbers(Connection connection) throws SQLException {
        insert = connection.prepareStatement("INSERT INTO customers (name) VALUES (?) RETURNING id");
    }

    int of(String name) throws SQLException {
        @Nullable Integer number = known.get(name);
        if (number == null) {
            insert.setString(1, name);
            try (ResultSet row = insert.executeQuery()) {
                row.next();
                number = row.getInt(1);
            }
            known.put(name, number);
        }
        return number;
    }
}
