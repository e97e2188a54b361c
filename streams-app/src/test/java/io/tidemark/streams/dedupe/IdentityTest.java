package io.tidemark.streams.dedupe;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.streams.event.Amounts;
import io.tidemark.streams.event.Event;
import io.tidemark.streams.event.EventKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
class IdentityTest {
    private final Identity identity = new Identity();

    @Test
    void tellsApartPartsThatReadAlikeTogether() {
        var ids = new ArrayList<Id>();
        for (List<String> parts : List.of(
                List.of("a", "bc", "", ""),
                List.of("ab", "c", "", ""),
                List.of("abc", "", "", ""),
                List.of("", "abc", "", ""),
                List.of("", "a", "bc", ""),
                List.of("", "ab", "c", ""),
                List.of("", "", "abc", ""),
                List.of("", "", "a", "bc"),
                List.of("", "", "ab", "c"),
                List.of("", "", "", "abc"),
                List.of("a", "b", "c", ""),
                List.of("a", "b", "", "c"),
                List.of("a", "", "b", "c"),
                List.of("", "a", "b", "c"))) {
            ids.add(identity.of(event(parts.get(0), parts.get(1), parts.get(2), parts.get(3), 0)));
        }
        assertThat(new HashSet<>(ids)).hasSameSizeAs(ids);
    }

    @Test
    void isTheSameWhateverTheEventSaysAndWhen() {
        var one = event("acme", "c", "s", "id", 1);
        var other =
                new Event(EventKind.USAGE, "acme", "c", "s", "id", 2, "other", "EUR", Amounts.of(EventKind.USAGE), 99);

        assertThat(identity.of(one)).isEqualTo(identity.of(other));
    }

    @Test
    void isSixteenBytesThatNeverChange() {
        Id id = identity.of(event("acme", "customer_123", "", "e1", 0));
        assertThat(String.format("%016x%016x", id.high(), id.low())).isEqualTo("dbdebed5f7e4908262789ad36baab7e2");
    }

    private static Event event(String tenant, String customer, String source, String id, long occurredAt) {
        return new Event(
                EventKind.REQUEST,
                tenant,
                customer,
                source,
                id,
                occurredAt,
                EventKind.REQUESTS_METER,
                "",
                Amounts.of(EventKind.REQUEST),
                7);
    }
}
