package io.tidemark.query.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.query.OpenDoor;
import io.tidemark.query.tracing.ToldFates;
import io.tidemark.streams.tracing.Because;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class WhyCommandTest {
    private final OpenDoor door = new OpenDoor();
    private final Shell shell = new Shell();

    @BeforeEach
    void pointAtTheDoor() {
        shell.environment.put("TIDEMARK_URL", "http://127.0.0.1:" + door.port());
        shell.environment.put("TIDEMARK_API_KEY", OpenDoor.KEY);
    }

    @AfterEach
    void close() {
        door.close();
    }

    @Test
    void saysThatAnEventIsCountedAndHow() {
        door.tracer().say(ToldFates.counted());
        assertThat(shell.run("why", "req-1", "--customer", "c1")).as(shell.err).isZero();
        assertThat(shell.out)
                .contains(
                        "Event req-1 of c1 is counted.",
                        "Out of requests/3/17, appended at 2026-10-20T12:34:56.100Z, more than an hour after it occurred.",
                        "In the minute 2026-10-20T11:34:00Z of the meter requests: one event, input tokens 812,"
                                + " output tokens 0, credits 1.25, cost 0.0042 USD.",
                        "credits: 1.25",
                        "As of 2026-10-20T12:35:00Z.");
    }

    @Test
    void saysWhatAConflictDiffersInAndThatItIsNotCounted() {
        door.tracer().say(ToldFates.conflict());
        assertThat(shell.run("why", "req-1", "--customer", "c1", "--at", "requests/3/19"))
                .isEqualTo(1);
        assertThat(shell.out)
                .contains("another content was counted under the same id", "credits: counted \"1.25\", here \"2\"");
        assertThat(door.tracer().asked().get(0).at()).isPresent();
    }

    @Test
    void saysWhyAnEventWasRejectedAndWhatToDo() {
        door.tracer().say(ToldFates.rejected());
        assertThat(shell.run("why", "req-1", "--customer", "c1")).isEqualTo(1);
        assertThat(shell.out)
                .contains(
                        "currency_missing: cost is not zero and currency is missing", "send it again with the same id");
    }

    @Test
    void saysThatNobodyKnows() {
        door.tracer().say(ToldFates.unknown(Because.MAY_BE_PARKED));
        assertThat(shell.run("why", "req-1", "--customer", "c1", "--json")).isEqualTo(1);
        assertThat(shell.out).contains("\"fate\" : \"unknown\"", "\"reason\" : \"may_be_parked\"");
        door.tracer().say(ToldFates.unknown(Because.NEVER_SEEN));
        assertThat(shell.run("why", "req-1", "--customer", "c1")).isEqualTo(1);
        assertThat(shell.err).contains("no event of it is known");
    }

    @Test
    void cannotSayWhereNobodyAnswersOrTheCallIsWrong() {
        shell.environment.put("TIDEMARK_API_KEY", "tm_live_bad");
        assertThat(shell.run("why", "req-1", "--customer", "c1")).isEqualTo(2);
        assertThat(shell.run("why", "--at", "requests-3-17")).isEqualTo(2);
        assertThat(shell.err).contains("EVENT_ID is missing", "--customer is missing", "--at must be of the form");
    }
}
