package io.tidemark.query.cli;

import io.tidemark.streams.event.EventKind;
import io.tidemark.streams.publishing.EventPublisher;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs the command line as a shell would, with a publisher that remembers. */
final class Shell {
    static final Instant NOW = Instant.parse("2026-10-20T12:34:56.789Z");

    record Sent(EventKind kind, Map<String, ?> fields) {}

    final Map<String, String> environment = new HashMap<>();
    final List<Sent> sent = new ArrayList<>();
    final List<String> connections = new ArrayList<>();
    String in = "";
    String out = "";
    String err = "";
    boolean closed;

    int run(String... arguments) {
        var outWriter = new StringWriter();
        var errWriter = new StringWriter();
        var input = new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8));
        var surroundings =
                new Surroundings(environment, Clock.fixed(NOW, ZoneOffset.UTC), input, (connection, prefix) -> {
                    connections.add(connection.kafka() + " " + connection.registry() + " " + prefix + " "
                            + connection.kafkaSettings());
                    return publisher();
                });
        int code = TidemarkCommand.in(surroundings)
                .setOut(new PrintWriter(outWriter))
                .setErr(new PrintWriter(errWriter))
                .execute(arguments);
        out = outWriter.toString();
        err = errWriter.toString();
        return code;
    }

    private EventPublisher publisher() {
        return new EventPublisher() {
            @Override
            public Published publish(EventKind kind, Map<String, ?> fields) {
                sent.add(new Sent(kind, Map.copyOf(fields)));
                return new Published("tidemark." + kind.label(), 3, 41 + sent.size(), "p" + sent.size());
            }

            @Override
            public void publish(EventKind kind, Map<String, ?> fields, Delivery delivery) {
                publish(kind, fields);
                delivery.acknowledged();
            }

            @Override
            public void flush() {}

            @Override
            public String position() {
                return "p" + sent.size();
            }

            @Override
            public void close() {
                closed = true;
            }
        };
    }
}
