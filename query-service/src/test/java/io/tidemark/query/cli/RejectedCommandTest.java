package io.tidemark.query.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.query.OpenDoor;
import io.tidemark.query.rejected.Rejects;
import io.tidemark.streams.event.Fate;
import io.tidemark.streams.event.Reason;
import io.tidemark.streams.fates.Told;
import io.tidemark.streams.rejections.CountRejections;
import io.tidemark.streams.rejections.OneRejection;
import io.tidemark.streams.rejections.Rejection;
import io.tidemark.streams.rejections.RejectionsAsked;
import io.tidemark.streams.rejections.Tally;
import java.util.List;
import java.util.Optional;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class RejectedCommandTest {
    private final OpenDoor door = new OpenDoor();
    private final Shell shell = new Shell();
    private final Rejects rejects = new Rejects();

    @BeforeEach
    void pointAtTheDoor() {
        shell.environment.put("TIDEMARK_URL", "http://127.0.0.1:" + door.port());
        shell.environment.put("TIDEMARK_API_KEY", OpenDoor.KEY);
        rejects.answeredBy(door);
    }

    @AfterEach
    void close() {
        door.close();
    }

    @Test
    void listsThemAsATableOrAsJson() {
        for (int i = 0; i < 3; i++) {
            rejects.bad(i, Reason.INVALID_METER, "meter");
        }
        int code = shell.run("rejected", "list", "--reason", "invalid_meter", "--customer", "ann", "--state", "open");
        assertThat(code).as(shell.err).isZero();
        assertThat(shell.out.lines().toList())
                .hasSize(4)
                .first()
                .asString()
                .startsWith("id")
                .contains("arrived_at", "external_customer_id", "state", "detail");
        assertThat(shell.out).contains("usage-3-2-", "invalid_meter", "ann", "e2", "open", "invalid_meter!");
        var asked = (RejectionsAsked) door.parts().asked().get(0);
        assertThat(asked.customer()).contains("ann");
        assertThat(asked.reasons()).containsExactly(Reason.INVALID_METER);
        assertThat(asked.state()).isEqualTo(RejectionsAsked.State.OPEN);

        assertThat(shell.run("rejected", "list", "--limit", "2")).isZero();
        assertThat(shell.out.lines()).hasSize(3);
        assertThat(shell.err).contains("there may be more");
        assertThat(shell.run("rejected", "list", "--json")).isZero();
        assertThat(shell.out).startsWith("{\"data\":[{\"id\":\"usage-3-2-");
    }

    @Test
    void counts() {
        door.parts()
                .answer(
                        CountRejections.KIND,
                        asked -> new CountRejections.Counted(List.of(new Tally(asked.from(), "too_old", 3))));
        assertThat(shell.run("rejected", "list", "--counts", "--period", "2026-10-05"))
                .as(shell.err)
                .isZero();
        assertThat(shell.out.lines().toList()).hasSize(2).last().asString().matches("2026-10-05 +too_old +3");
    }

    @Test
    void showsOne() {
        Rejection one = rejects.bad(17, Reason.INVALID_METER, "meter");
        door.parts()
                .answer(
                        OneRejection.KIND,
                        asked -> new OneRejection.Found(
                                Optional.of(one).filter(known -> known.id().equals(asked.id())), Optional.empty()));
        assertThat(shell.run("rejected", "show", one.id().text())).as(shell.err).isZero();
        assertThat(shell.out).contains("\"event_id\" : \"e17\"", "\"state\" : \"gone\"");
        assertThat(shell.run("rejected", "show", "usage-1-1-1")).isEqualTo(1);
        assertThat(shell.err).contains("error: 404 There is no such rejected event.");
    }

    @Test
    void replaysOnlyWhenToldTo() throws Exception {
        shell.environment.put("TIDEMARK_API_KEY", OpenDoor.WRITE_KEY);
        for (int i = 0; i < 3; i++) {
            Rejects.lies(door, rejects.bad(i, Reason.NEGATIVE_COUNT, "input_tokens"), request("e" + i));
        }
        String[] mended = {
            "rejected", "replay", "--reason", "negative_count", "--set", "model=gpt-x", "--map", "input_tokens:-1=0"
        };
        assertThat(shell.run("rejected", "replay")).isEqualTo(1);
        assertThat(shell.out).contains("invalid", "input_tokens is -1");
        assertThat(shell.err).contains("invalid=3; nothing was sent: --yes");
        assertThat(shell.run(mended)).as(shell.err).isZero();
        assertThat(shell.err).contains("acceptable=3; nothing was sent: --yes");
        assertThat(door.intake.taken).isEmpty();

        door.intake.tells(new Told(Fate.COUNTED, List.of()));
        String[] sent = java.util.Arrays.copyOf(mended, mended.length + 1);
        sent[mended.length] = "--yes";
        assertThat(shell.run(sent)).as(shell.err).isZero();
        assertThat(shell.err).contains("counted=3").doesNotContain("nothing was sent");
        assertThat(door.intake.taken).hasSize(3);
        assertThat(door.intake.prepared)
                .anySatisfy(fields -> assertThat(fields.get("input_tokens")).isEqualTo(0L))
                .anySatisfy(fields -> assertThat(fields.get("model")).isEqualTo("gpt-x"));
        door.intake.loseEverything();
        assertThat(shell.run(sent)).isEqualTo(1);
        assertThat(shell.err).contains("unacknowledged=3");
    }

    @Test
    void saysThatNothingIsOpen() {
        shell.environment.put("TIDEMARK_API_KEY", OpenDoor.WRITE_KEY);
        assertThat(shell.run("rejected", "replay", "--yes")).isZero();
        assertThat(shell.err).contains("nothing is open");
    }

    @Test
    void listsWhatIsWrongWithTheCallAtOnce() {
        shell.environment.clear();
        int code = shell.run("rejected", "replay", "--set", "meter", "--map", "meter=x", "--url", "nowhere", "--what");
        assertThat(code).isEqualTo(2);
        assertThat(shell.err)
                .contains("--set must be of the form", "--map must be of the form", "--url must be", "--what");
        assertThat(shell.run("rejected", "list", "--limit", "0")).isEqualTo(2);
        assertThat(shell.err).contains("--limit must be");
    }

    @Test
    void saysWhatTheInstanceDoesNotTake() {
        assertThat(shell.run("rejected", "list", "--reason", "nonsense")).isEqualTo(1);
        assertThat(shell.err).contains("error: 400", "error: reason must be reasons");
    }

    private static GenericRecord request(String id) {
        return new GenericRecordBuilder(SchemaBuilder.record("RequestEvent")
                        .fields()
                        .requiredString("id")
                        .requiredString("tenant_id")
                        .requiredString("external_customer_id")
                        .requiredLong("occurred_at")
                        .requiredInt("input_tokens")
                        .endRecord())
                .set("id", id)
                .set("tenant_id", "acme")
                .set("external_customer_id", "ann")
                .set("occurred_at", OpenDoor.NOW.getEpochSecond() * 1_000_000)
                .set("input_tokens", -1)
                .build();
    }
}
