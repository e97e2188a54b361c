package io.tidemark.query.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidemark.query.customers.Customers;
import io.tidemark.query.http.Json;
import io.tidemark.query.http.Refused;
import io.tidemark.streams.directory.Customer;
import io.tidemark.streams.feed.Change;
import io.tidemark.streams.feed.ChangeCursor;
import io.tidemark.streams.feed.UsageChanges.Told;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What clients are sent, as the HTML standard writes server-sent events. */
final class Messages {
    /** How long a client waits before it comes again. */
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Customers customers;

    Messages(Customers customers) {
        this.customers = customers;
    }

    /**
     * What a client has to know first.
     *
     * @param reason why it cannot go on where it was
     * @param snapshot what is to be seen now; null where nobody asked for it
     */
    static byte[] reset(ChangeCursor place, String reason, String month, @Nullable Object snapshot) {
        var text =
                new StringBuilder().append("retry: ").append(RETRY.toMillis()).append('\n');
        append(text, "reset", place, new Reset(reason, month, snapshot));
        return text.toString().getBytes(UTF_8);
    }

    /** To one that goes on where it was. */
    static byte[] resumed() {
        return ("retry: " + RETRY.toMillis() + "\n: going on\n\n").getBytes(UTF_8);
    }

    /** No event: it keeps the connection, and says where to go on. */
    static byte[] heartbeat(ChangeCursor place) {
        return (": heartbeat\nid: " + place.token() + "\n\n").getBytes(UTF_8);
    }

    byte[] changes(List<Told> some) {
        var text = new StringBuilder(some.size() * 512);
        for (Told told : some) {
            Change change = told.change();
            if (change.isGone()) {
                var gone =
                        new MonthBody.Gone(change.externalId(), change.month().toString());
                append(text, "gone", told.behind(), gone);
            } else {
                change.usage()
                        .ifPresent(usage ->
                                append(text, "usage", told.behind(), MonthBody.of(change, usage, known(change))));
            }
        }
        return text.toString().getBytes(UTF_8);
    }

    /** Nobody yet, while the customers are being read. */
    private Optional<Customer> known(Change change) {
        try {
            return customers.meant(change.tenant(), change.externalId(), false);
        } catch (Refused notYet) {
            return Optional.empty();
        }
    }

    private static void append(StringBuilder text, String event, ChangeCursor behind, Object data) {
        text.append("event: ").append(event).append("\nid: ").append(behind.token());
        // JSON has no line ends but escaped ones.
        text.append("\ndata: ").append(Json.write(data)).append("\n\n");
    }

    /** {@code snapshot} is what the call says that it names. */
    private record Reset(
            String reason, String month, @Nullable Object snapshot) {}
}
