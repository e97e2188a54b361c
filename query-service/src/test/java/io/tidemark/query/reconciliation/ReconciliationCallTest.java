package io.tidemark.query.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.query.OpenDoor;
import io.tidemark.streams.reconciliation.Balance;
import io.tidemark.streams.reconciliation.Imbalance;
import io.tidemark.streams.reconciliation.Reconciliation;
import io.tidemark.streams.reconciliation.Reconciliation.EverRow;
import io.tidemark.streams.reconciliation.Reconciliation.HourRow;
import io.tidemark.streams.reconciliation.ReconciliationReader;
import io.tidemark.streams.reconciliation.TallyQuestion;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ReconciliationCallTest {
    private static final Instant NOON = Instant.parse("2026-10-20T12:00:00Z");
    private static final int NOON_HOUR = 497_916;
    private static final Balance SOME = new Balance(4, 3, 1, 0, 0, 0, 0);

    private final OpenDoor door = new OpenDoor();

    @BeforeEach
    void know() {
        door.parts()
                .answer(
                        ReconciliationReader.KIND,
                        asked -> new Reconciliation(
                                List.of(
                                        new HourRow(NOON, "tidemark.requests", partition(asked), SOME),
                                        new HourRow(NOON, "tidemark.usage", partition(asked), SOME)),
                                List.of(new EverRow(
                                        "tidemark.requests",
                                        partition(asked),
                                        SOME,
                                        Balance.NOTHING,
                                        Optional.empty())),
                                List.of(),
                                0));
    }

    private static Optional<Integer> partition(TallyQuestion asked) {
        return asked.byPartition() ? Optional.of(7) : Optional.empty();
    }

    @AfterEach
    void close() {
        door.close();
    }

    @Test
    void answersInTheShapeOfTheContract() throws Exception {
        var response = door.get(
                "/api/v1/reconciliation?from=2026-10-20T12:59:00Z&to=2026-10-20T13:01:00Z",
                "X-Api-Key",
                OpenDoor.OPERATOR_KEY);
        String records =
                "{\"read\":4,\"counted\":3,\"duplicate\":1,\"conflict\":0,\"rejected\":0,\"rekeyed\":0,\"parked\":0}";
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body())
                .isEqualTo(
                        "{\"period\":{\"from\":\"2026-10-20T12:00:00Z\",\"to\":\"2026-10-20T14:00:00Z\"},"
                                + "\"balanced\":true,\"imbalances\":[],\"more_imbalances\":0,"
                                + "\"totals\":{\"read\":8,\"counted\":6,\"duplicate\":2,\"conflict\":0,\"rejected\":0,\"rekeyed\":0,\"parked\":0},"
                                + "\"hours\":[{\"hour\":\"2026-10-20T12:00:00Z\",\"topic\":\"tidemark.requests\",\"records\":"
                                + records + "},"
                                + "{\"hour\":\"2026-10-20T12:00:00Z\",\"topic\":\"tidemark.usage\",\"records\":"
                                + records + "}],"
                                + "\"since_beginning\":[{\"topic\":\"tidemark.requests\",\"records\":" + records
                                + ",\"in_no_hour\":{\"read\":0,\"counted\":0,\"duplicate\":0,\"conflict\":0,\"rejected\":0,\"rekeyed\":0,\"parked\":0},"
                                + "\"tallied_since\":null}],"
                                + "\"as_of\":\"2026-10-20T12:00:00Z\",\"complete\":true,\"missing_partitions\":[],\"position\":\"1\"}");
        assertThat(door.parts().asked()).containsExactly(new TallyQuestion(NOON_HOUR, NOON_HOUR + 2, false));
    }

    @Test
    void tellsPartitionsApart() throws Exception {
        var response = door.get("/v1/reconciliation?period=1h&by=partition", "X-Api-Key", OpenDoor.OPERATOR_KEY);
        assertThat(response.body()).contains("\"topic\":\"tidemark.usage\",\"partition\":7,\"records\"");
        assertThat(door.parts().asked()).containsExactly(new TallyQuestion(NOON_HOUR - 1, NOON_HOUR + 1, true));
    }

    @Test
    void isOfTheLastDayUnlessSaidOtherwise() throws Exception {
        assertThat(door.get("/api/v1/reconciliation", "X-Api-Key", OpenDoor.OPERATOR_KEY)
                        .statusCode())
                .isEqualTo(200);
        assertThat(door.parts().asked()).containsExactly(new TallyQuestion(NOON_HOUR - 24, NOON_HOUR + 1, false));
    }

    @Test
    void saysWhatDoesNotAddUp() throws Exception {
        door.parts()
                .answer(
                        ReconciliationReader.KIND,
                        asked -> new Reconciliation(
                                List.of(),
                                List.of(),
                                List.of(
                                        new Imbalance(3, Optional.of("t"), Optional.of(NOON), "a is not b", 5, 6),
                                        new Imbalance(4, Optional.empty(), Optional.empty(), "c is not d", 1, 0)),
                                2));
        assertThat(door.get("/api/v1/reconciliation", "X-Api-Key", OpenDoor.OPERATOR_KEY)
                        .body())
                .contains("\"balanced\":false")
                .contains("{\"partition\":3,\"topic\":\"t\",\"hour\":\"2026-10-20T12:00:00Z\",\"what\":\"a is not b\","
                        + "\"expected\":5,\"found\":6}")
                .contains("{\"partition\":4,\"topic\":null,\"hour\":null,")
                .contains("\"more_imbalances\":2");
    }

    @ParameterizedTest
    @ValueSource(strings = {OpenDoor.KEY, OpenDoor.WRITE_KEY, OpenDoor.INGEST_KEY})
    void tellsNoTenantWhatIsOfAllOfThem(String key) throws Exception {
        assertThat(door.get("/api/v1/reconciliation", "X-Api-Key", key).statusCode())
                .isEqualTo(403);
        assertThat(door.parts().asked()).isEmpty();
    }

    @Test
    void isUnderATenantsPathForItsOwnOperatorAlone() throws Exception {
        assertThat(door.get("/api/v1/apps/globex/reconciliation", "X-Api-Key", OpenDoor.OTHER_KEY)
                        .statusCode())
                .isEqualTo(200);
        assertThat(door.get("/api/v1/apps/acme/reconciliation", "X-Api-Key", OpenDoor.OTHER_KEY)
                        .statusCode())
                .isEqualTo(404);
        assertThat(door.get("/api/v1/apps/acme/reconciliation", "X-Api-Key", OpenDoor.OPERATOR_KEY)
                        .statusCode())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
        "by=topic, by, must be partition",
        "period=33d, period, must not make it longer than 31 days",
        "from=2026-08-01T00:00:00Z, from, must not make it longer than 31 days",
        "period=8d&by=partition, period, 'must not make it longer than 7 days, by partition'",
        "explain=true, explain, is not a parameter of this operation"
    })
    void refusesWhatItCannotAnswer(String query, String parameter, String message) throws Exception {
        var response = door.get("/api/v1/reconciliation?" + query, "X-Api-Key", OpenDoor.OPERATOR_KEY);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("{\"parameter\":\"" + parameter + "\",\"message\":\"" + message + "\"}");
    }
}
