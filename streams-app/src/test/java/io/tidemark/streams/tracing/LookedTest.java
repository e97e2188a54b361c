package io.tidemark.streams.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.schemas.EventKey;
import io.tidemark.streams.event.Coordinates;
import io.tidemark.streams.event.Fault;
import io.tidemark.streams.event.Origin;
import io.tidemark.streams.event.Outcome;
import io.tidemark.streams.event.Progress;
import io.tidemark.streams.event.Reason;
import io.tidemark.streams.event.Received;
import io.tidemark.streams.event.Source;
import io.tidemark.streams.originals.Contents;
import io.tidemark.streams.originals.Original;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whose event a record is that was refused: what is shown to a tenant rests on it. */
@NullMarked
class LookedTest {
    private static final Coordinates AT = new Coordinates(Source.REQUESTS, 0, 1);
    private static final TraceQuestion ASKED = new TraceQuestion("acme", "c", "", "e", Optional.of(AT));
    private static final EventKey OWN = new EventKey("acme", "c");

    @Test
    void isTheEventThatItsPayloadSays() {
        assertThat(refused(OWN, Reason.TOO_OLD, said("acme", "c", "e")).mayBe(ASKED))
                .isTrue();
        assertThat(refused(new EventKey("acme", "elsewhere"), Reason.TOO_OLD, said("acme", "c", "e"))
                        .mayBe(ASKED))
                .isTrue();
        assertThat(refused(OWN, Reason.TOO_OLD, said("acme", "c", "another")).mayBe(ASKED))
                .isFalse();
        assertThat(refused(OWN, Reason.TOO_OLD, said("acme", "another", "e")).mayBe(ASKED))
                .isFalse();
    }

    @Test
    void isNobodysElseWhateverItsKeySays() {
        assertThat(refused(OWN, Reason.TOO_OLD, said("globex", "c", "e")).mayBe(ASKED))
                .isFalse();
        assertThat(refused(new EventKey("globex", "c"), Reason.NOT_FRAMED, unread())
                        .mayBe(ASKED))
                .isFalse();
    }

    @Test
    void isWhatItsKeySaysWhereItCannotBeRead() {
        assertThat(refused(OWN, Reason.NOT_FRAMED, unread()).mayBe(ASKED)).isTrue();
        assertThat(refused(new EventKey("acme", "another"), Reason.NOT_FRAMED, unread())
                        .mayBe(ASKED))
                .isFalse();
        assertThat(refused(OWN, Reason.MISSING_FIELD, said("acme", null, "e")).mayBe(ASKED))
                .isTrue();
    }

    @Test
    void isNotKnownByWhatARecordOfAnotherKindCallsAnId() {
        assertThat(refused(OWN, Reason.WRONG_SCHEMA, said(null, null, "x")).mayBe(ASKED))
                .isTrue();
    }

    private static Contents unread() {
        return new Contents.Unreadable("not framed");
    }

    private static Contents said(@Nullable String tenant, @Nullable String customer, @Nullable String id) {
        Map<String, @Nullable Object> fields = new HashMap<>();
        fields.put("tenant_id", tenant);
        fields.put("external_customer_id", customer);
        fields.put("id", id);
        return new Contents.Said(1, "io.tidemark.events.RequestEvent", fields);
    }

    private static Looked refused(EventKey key, Reason reason, Contents contents) {
        var origin = new Origin(AT.topic(), AT.partition(), AT.offset(), 0);
        var received = new Received(
                AT.offset(), Progress.none(AT.topic(), AT.partition()), origin, key.bytes(), new byte[0], false);
        var found = new Original.Found(
                "requests", AT.partition(), AT.offset(), Instant.EPOCH, key.bytes(), new byte[0], List.of(), 0, 0);
        return new Looked(AT, found, contents, new Outcome.Rejected(received, List.of(new Fault(reason, ""))));
    }
}
