package io.tidemark.query.rejected;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.query.OpenDoor;
import io.tidemark.streams.event.Fate;
import io.tidemark.streams.event.Reason;
import io.tidemark.streams.fates.Told;
import io.tidemark.streams.rejections.Rejection;
import io.tidemark.streams.rejections.RejectionsAsked;
import io.tidemark.streams.rejections.RejectionsAsked.State;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ReplayCallsTest {
    private static final String MAPPING =
            "\"mapping\":[{\"field\":\"meter\",\"from\":\"storage gb\",\"to\":\"storage_gb\"}]";

    private final OpenDoor door = new OpenDoor();
    private final Rejects rejects = new Rejects();

    @BeforeEach
    void reject() throws Exception {
        for (int i = 0; i < 3; i++) {
            Rejection one = rejects.bad(i, Reason.INVALID_METER, "meter");
            Rejects.lies(door, one, RejectedCallsTest.usage("e" + i));
        }
        rejects.bad(9, Reason.INVALID_METER, "meter");
        rejects.answeredBy(door);
    }

    @AfterEach
    void close() {
        door.close();
    }

    @Test
    void onlySaysWhatWouldComeOfItUnlessToldOtherwise() throws Exception {
        JsonNode plain = OpenDoor.json(replay("{}"));
        assertThat(plain.path("dry_run").asBoolean()).isTrue();
        assertThat(plain.path("outcomes").toString()).isEqualTo("{\"gone\":1,\"invalid\":3}");
        assertThat(plain.path("data")
                        .path(1)
                        .path("faults")
                        .path(0)
                        .path("reason")
                        .asText())
                .isEqualTo("invalid_meter");
        JsonNode mapped = OpenDoor.json(replay("{" + MAPPING + "}"));
        assertThat(mapped.path("outcomes").toString()).isEqualTo("{\"acceptable\":3,\"gone\":1}");
        assertThat(mapped.path("position").isNull()).isTrue();
        assertThat(door.intake.taken).isEmpty();
    }

    @Test
    void sendsThemSayingWhatTheyReplay() throws Exception {
        door.intake.tells(new Told(Fate.COUNTED, List.of()));
        JsonNode sent = OpenDoor.json(replay("{" + MAPPING + ",\"dry_run\":false}"));
        assertThat(sent.path("outcomes").toString()).isEqualTo("{\"counted\":3,\"gone\":1}");
        assertThat(sent.path("position").asText()).isEqualTo("a-position");
        assertThat(door.intake.taken)
                .extracting(ready -> ready.replays().orElse(""))
                .containsExactly(
                        "usage-3-2-" + (Rejects.ARRIVED + 2),
                        "usage-3-1-" + (Rejects.ARRIVED + 1),
                        "usage-3-0-" + Rejects.ARRIVED);
        door.intake.tells(new Told(Fate.DUPLICATE, List.of()));
        assertThat(OpenDoor.json(replay("{" + MAPPING + ",\"dryRun\":false}"))
                        .path("outcomes")
                        .toString())
                .isEqualTo("{\"duplicate\":3,\"gone\":1}");
        door.intake.loseEverything();
        assertThat(OpenDoor.json(replay("{" + MAPPING + ",\"dry_run\":false}"))
                        .path("outcomes")
                        .toString())
                .isEqualTo("{\"gone\":1,\"unacknowledged\":3}");
    }

    @Test
    void asksForWhatIsOpenAmongWhatTheFiltersSay() throws Exception {
        replay(
                "{\"reason\":\"too_old\",\"external_customer_id\":\"ann\",\"limit\":2,\"from\":\"2026-10-01T00:00:00Z\"}");
        var asked = (RejectionsAsked) door.parts().asked().get(0);
        assertThat(asked.tenant()).isEqualTo("acme");
        assertThat(asked.state()).isEqualTo(State.OPEN);
        assertThat(asked.reasons()).containsExactly(Reason.TOO_OLD);
        assertThat(asked.customer()).isEqualTo(Optional.of("ann"));
        assertThat(asked.limit()).isEqualTo(2);
    }

    @Test
    void leavesWhatIsResolved() throws Exception {
        rejects.add(Rejects.resolved(Rejects.made(20, Reason.TOO_OLD, "occurred_at"), 99));
        assertThat(OpenDoor.json(replay("{}")).path("data").findValuesAsText("event_id"))
                .containsExactly("e9", "e2", "e1", "e0");
    }

    @Test
    void saysEveryFaultAtOnce() throws Exception {
        HttpResponse<String> answer = replay("{\"reason\":\"bad\",\"limit\":0,\"from\":\"x\",\"mapping\":["
                + "{\"field\":\"nothing\",\"to\":1},{\"field\":\"id\",\"to\":\"x\"},{\"field\":\"input_tokens\",\"to\":\"x\"},"
                + "{\"field\":\"meter\",\"to\":\"m\",\"what\":1},7],\"state\":\"open\",\"dry_run\":1}");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(OpenDoor.json(answer).path("errors").findValuesAsText("pointer"))
                .containsExactlyInAnyOrder(
                        "/limit",
                        "/from",
                        "/reason",
                        "/mapping/0/field",
                        "/mapping/1/from",
                        "/mapping/2/to",
                        "/mapping/3/what",
                        "/mapping/4",
                        "/state",
                        "/dry_run");
    }

    @Test
    void needsTheScopeWrite() throws Exception {
        assertThat(door.send(
                                "POST",
                                "/api/v1/rejected-events/replay",
                                BodyPublishers.ofString("{}"),
                                "X-Api-Key",
                                OpenDoor.KEY,
                                "Content-Type",
                                "application/json")
                        .statusCode())
                .isEqualTo(403);
    }

    private HttpResponse<String> replay(String body) throws Exception {
        return door.send(
                "POST",
                "/api/v1/rejected-events/replay",
                BodyPublishers.ofString(body),
                "X-Api-Key",
                OpenDoor.WRITE_KEY,
                "Content-Type",
                "application/json");
    }
}
