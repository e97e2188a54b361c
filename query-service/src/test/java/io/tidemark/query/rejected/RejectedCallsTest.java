package io.tidemark.query.rejected;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.query.OpenDoor;
import io.tidemark.streams.event.Claim;
import io.tidemark.streams.event.Coordinates;
import io.tidemark.streams.event.Fault;
import io.tidemark.streams.event.Reason;
import io.tidemark.streams.event.Source;
import io.tidemark.streams.originals.Contents;
import io.tidemark.streams.reading.Answer;
import io.tidemark.streams.reading.Freshness;
import io.tidemark.streams.rejections.CountRejections;
import io.tidemark.streams.rejections.ListRejections;
import io.tidemark.streams.rejections.OneRejection;
import io.tidemark.streams.rejections.Rejection;
import io.tidemark.streams.rejections.RejectionId;
import io.tidemark.streams.rejections.RejectionsAsked;
import io.tidemark.streams.rejections.RejectionsAsked.State;
import io.tidemark.streams.rejections.Tally;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class RejectedCallsTest {
    private static final String PATH = "/api/v1/rejected-events";

    private final OpenDoor door = new OpenDoor();
    private final Rejects rejects = new Rejects();

    @AfterEach
    void close() {
        door.close();
    }

    @Test
    void listsThemWithAllThatIsKnown() throws Exception {
        rejects.bad(17, Reason.INVALID_METER, "meter");
        Rejection other = rejects.bad(18, Reason.TOO_OLD, "occurred_at");
        rejects.add(new Rejection(
                new RejectionId(new Coordinates(Source.REQUESTS, 0, 1), Rejects.ARRIVED - 1),
                new Claim("acme", "", "", ""),
                List.of(new Fault(Reason.MALFORMED, "ends too soon")),
                300_000,
                Optional.empty(),
                Optional.empty()));
        rejects.answeredBy(door);
        JsonNode page = OpenDoor.json(door.get(PATH));
        assertThat(page.path("data")).hasSize(3);
        JsonNode meter = page.path("data").path(1);
        assertThat(meter.path("id").asText()).isEqualTo("usage-3-17-" + (Rejects.ARRIVED + 17));
        assertThat(meter.path("reasons").path(0).asText()).isEqualTo("invalid_meter");
        assertThat(meter.path("faults").path(0).path("field").asText()).isEqualTo("meter");
        assertThat(meter.path("external_customer_id").asText()).isEqualTo("ann");
        assertThat(meter.path("event_id").asText()).isEqualTo("e17");
        assertThat(meter.path("source").isNull()).isTrue();
        assertThat(meter.path("kind").asText()).isEqualTo("usage");
        assertThat(meter.path("topic").asText()).isEqualTo("usage");
        assertThat(meter.path("resolved").path("state").asText()).isEqualTo("open");
        JsonNode unread = page.path("data").path(2);
        assertThat(unread.path("external_customer_id").isNull()).isTrue();
        assertThat(unread.path("truncated").asBoolean()).isTrue();
        assertThat(unread.path("faults").path(0).path("field").isNull()).isTrue();
        assertThat(page.path("complete").asBoolean()).isTrue();
        assertThat(page.path("meta").path("next_cursor").isNull()).isTrue();
        assertThat(other.resolution()).isEmpty();
    }

    @Test
    void asksForWhatTheParametersSay() throws Exception {
        rejects.answeredBy(door);
        door.get(PATH + "?reason=too_old,%20invalid_meter&external_customer_id=ann&event_id=e1&state=open&limit=7"
                + "&from=2026-10-01T00:00:00Z&to=2026-10-02T00:00:00Z&cursor=usage-3-17-5");
        assertThat(door.parts().asked())
                .containsExactly(new RejectionsAsked(
                        "acme",
                        Instant.parse("2026-10-01T00:00:00Z").toEpochMilli(),
                        Instant.parse("2026-10-02T00:00:00Z").toEpochMilli(),
                        Optional.of(new RejectionId(new Coordinates(Source.USAGE, 3, 17), 5)),
                        Set.of(Reason.TOO_OLD, Reason.INVALID_METER),
                        Optional.of("ann"),
                        Optional.of("e1"),
                        State.OPEN,
                        7));
    }

    @Test
    void saysEveryFaultAtOnce() throws Exception {
        var answer = door.get(PATH + "?reason=bad&state=maybe&limit=0&cursor=x&external_customer_id=&period=soon&what=1"
                + "&event_id=");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(OpenDoor.json(answer).path("errors").findValuesAsText("parameter"))
                .containsExactlyInAnyOrder(
                        "what", "period", "cursor", "reason", "external_customer_id", "event_id", "state", "limit");
        assertThat(door.get(PATH + "?customer_id=0198a7c0-0000-7000-8000-00000000dead")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void pagesUntilTheEnd() throws Exception {
        for (int i = 0; i < 5; i++) {
            rejects.bad(i, Reason.INVALID_METER, "meter");
        }
        rejects.answeredBy(door);
        JsonNode first = OpenDoor.json(door.get(PATH + "?limit=3"));
        String cursor = first.path("meta").path("next_cursor").asText();
        JsonNode second = OpenDoor.json(door.get(PATH + "?limit=3&cursor=" + cursor));
        assertThat(first.path("data").findValuesAsText("event_id")).containsExactly("e4", "e3", "e2");
        assertThat(second.path("data").findValuesAsText("event_id")).containsExactly("e1", "e0");
        assertThat(second.path("meta").path("next_cursor").isNull()).isTrue();
    }

    @Test
    void isForOperatorsOfAnyTenantAndOfNobody() throws Exception {
        rejects.answeredBy(door);
        assertThat(door.admin("GET", "/admin/rejected-events?tenant=globex", "").statusCode())
                .isEqualTo(200);
        assertThat(door.admin("GET", "/admin/rejected-events", "").statusCode()).isEqualTo(200);
        assertThat(door.parts().asked())
                .extracting(asked -> ((RejectionsAsked) asked).tenant())
                .containsExactly("globex", "");
        assertThat(door.admin("GET", "/admin/rejected-events?tenant=Glo%20bex", "")
                        .statusCode())
                .isEqualTo(400);
        assertThat(door.get("/admin/rejected-events").statusCode()).isEqualTo(403);
        assertThat(door.get(PATH + "?tenant=globex").statusCode()).isEqualTo(400);
    }

    @Test
    void countsWholeDays() throws Exception {
        door.parts()
                .answer(
                        CountRejections.KIND,
                        asked -> new CountRejections.Counted(List.of(
                                new Tally(asked.from(), "invalid_meter", 2),
                                new Tally(asked.from(), "too_old", 1),
                                new Tally(asked.to() - 1, "too_old", 4))));
        JsonNode counts = OpenDoor.json(door.get(PATH + "/counts?from=2026-10-01T12:00:00Z&to=2026-10-02T12:00:00Z"));
        assertThat(counts.path("period").path("from").asText()).isEqualTo("2026-10-01T00:00:00Z");
        assertThat(counts.path("period").path("to").asText()).isEqualTo("2026-10-03T00:00:00Z");
        assertThat(counts.path("total").asLong()).isEqualTo(7);
        assertThat(counts.path("reasons").toString())
                .isEqualTo("[{\"reason\":\"invalid_meter\",\"count\":2},{\"reason\":\"too_old\",\"count\":5}]");
        assertThat(counts.path("data").path(2).path("day").asText()).isEqualTo("2026-10-02");
    }

    @Test
    void showsOneWithWhatWasSent() throws Exception {
        Rejection one = rejects.bad(17, Reason.INVALID_METER, "meter");
        door.parts()
                .answer(
                        OneRejection.KIND,
                        asked -> new OneRejection.Found(
                                Optional.of(one).filter(known -> known.id().equals(asked.id())), Optional.empty()));
        String path = PATH + "/" + one.id().text();
        assertThat(OpenDoor.json(door.get(path)).path("original").path("state").asText())
                .isEqualTo("gone");

        Rejects.lies(door, one, usage("e17"));
        JsonNode raw = OpenDoor.json(door.get(path)).path("original");
        assertThat(raw.path("state").asText()).isEqualTo("raw");
        assertThat(raw.path("value").asText()).isNotEmpty();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", "e17");
        fields.put("source", null);
        fields.put("at", OpenDoor.NOW);
        door.originals.says(new Contents.Said(9, "UsageEvent", fields));
        JsonNode said = OpenDoor.json(door.get(path)).path("original");
        assertThat(said.path("state").asText()).isEqualTo("decoded");
        assertThat(said.path("event").toString())
                .isEqualTo("{\"id\":\"e17\",\"source\":null,\"at\":\"2026-10-20T12:34:56Z\"}");

        assertThat(door.get(PATH + "/usage-3-18-1").statusCode()).isEqualTo(404);
        assertThat(door.get(PATH + "/nonsense").statusCode()).isEqualTo(404);
        door.parts().fresh(new Freshness(OpenDoor.NOW, List.of(3), "p"));
        assertThat(door.get(PATH + "/usage-3-18-1").statusCode()).isEqualTo(503);
    }

    @Test
    void saysWhenItCannotSay() throws Exception {
        door.parts().refuse(ListRejections.KIND, new Answer.NotReady<>(Answer.Reason.BUSY, "busy"));
        assertThat(door.get(PATH).statusCode()).isEqualTo(429);
    }

    static org.apache.avro.generic.GenericRecord usage(String id) {
        return new org.apache.avro.generic.GenericRecordBuilder(SchemaBuilder.record("UsageEvent")
                        .fields()
                        .requiredString("id")
                        .requiredString("tenant_id")
                        .requiredString("external_customer_id")
                        .requiredLong("occurred_at")
                        .requiredString("meter")
                        .requiredBytes("quantity")
                        .endRecord())
                .set("id", id)
                .set("tenant_id", "acme")
                .set("external_customer_id", "ann")
                .set("occurred_at", OpenDoor.NOW.getEpochSecond() * 1_000_000)
                .set("meter", "storage gb")
                .set("quantity", java.nio.ByteBuffer.wrap(new byte[] {1}))
                .build();
    }
}
