package io.tidemark.query.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.query.OpenDoor;
import io.tidemark.streams.event.Coordinates;
import io.tidemark.streams.event.Source;
import io.tidemark.streams.reading.Position;
import io.tidemark.streams.tracing.Because;
import io.tidemark.streams.tracing.TraceQuestion;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FateOfEventTest {
    private static final String PATH = "/api/v1/events/req-1?external_customer_id=c1";

    private final OpenDoor door = new OpenDoor();

    @AfterEach
    void close() {
        door.close();
    }

    @Test
    void saysWhereAndWhenAndInWhichMinuteItWasCounted() throws Exception {
        door.tracer().say(ToldFates.counted());
        JsonNode body = OpenDoor.json(door.get(PATH));
        assertThat(body.get("fate").asText()).isEqualTo("counted");
        assertThat(body.get("counted").toString())
                .isEqualTo("{\"topic\":\"requests\",\"partition\":3,\"offset\":17,"
                        + "\"appended_at\":\"2026-10-20T12:34:56.100Z\",\"occurred_at\":\"2026-10-20T11:34:55Z\","
                        + "\"minute\":\"2026-10-20T11:34:00Z\",\"late\":true,\"meter\":\"requests\",\"kind\":\"request\","
                        + "\"input_tokens\":812,\"output_tokens\":0,\"cached_input_tokens\":0,\"reasoning_tokens\":0,"
                        + "\"credits\":\"1.25\",\"cost\":[{\"currency\":\"USD\",\"amount\":\"0.0042\"}]}");
        assertThat(body.at("/record/key/value").asText()).isEqualTo("acme/c1");
        assertThat(body.at("/record/headers/0/value/encoding").asText()).isEqualTo("base64");
        assertThat(body.at("/record/fields/occurred_at").asText()).isEqualTo("2026-10-20T11:34:55Z");
        assertThat(body.get("first_sight").isNull()).isTrue();
        assertThat(body.get("as_of").asText()).isEqualTo("2026-10-20T12:35:00Z");
    }

    @Test
    void saysWhatWasCountedInItsPlaceAndWhatDiffers() throws Exception {
        door.tracer().say(ToldFates.conflict());
        JsonNode body = OpenDoor.json(door.get(PATH + "&topic=requests&partition=3&offset=19"));
        assertThat(body.get("fate").asText()).isEqualTo("conflict");
        assertThat(body.get("counted").isNull()).isTrue();
        assertThat(body.at("/first_sight/offset").asInt()).isEqualTo(17);
        assertThat(body.get("differences").toString())
                .isEqualTo("[{\"field\":\"credits\",\"first\":\"1.25\",\"this\":\"2\"}]");
        assertThat(body.at("/record/offset").asInt()).isEqualTo(19);
    }

    @Test
    void saysWhatIsWrongWithWhatWasRefused() throws Exception {
        door.tracer().say(ToldFates.rejected());
        JsonNode body = OpenDoor.json(door.get(PATH));
        assertThat(body.at("/rejections/0/reason").asText()).isEqualTo("currency_missing");
        assertThat(body.at("/rejections/0/faults/0/field").asText()).isEqualTo("currency");
        assertThat(body.get("record").isNull()).isTrue();
    }

    @Test
    void saysWhyARecordIsNotShown() throws Exception {
        door.tracer().say(ToldFates.countedAndGone());
        JsonNode body = OpenDoor.json(door.get(PATH));
        assertThat(body.at("/record/missing").asText()).isEqualTo("gone");
        assertThat(body.at("/counted/offset").asInt()).isEqualTo(17);
        assertThat(body.at("/counted").has("minute")).isFalse();
    }

    @Test
    void knowsNothingOfAnEventOfACustomerThatNobodyKnows() throws Exception {
        door.tracer().say(ToldFates.unknown(Because.NEVER_SEEN));
        var unknown = door.get(PATH);
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.body()).contains("unknown_customer");
        door.tracer().say(ToldFates.unknown(Because.MAY_BE_PARKED));
        assertThat(door.get(PATH).statusCode()).isEqualTo(200);
    }

    @Test
    void asksWhatTheParametersSay() throws Exception {
        var place = new Coordinates(Source.USAGE, 5, 41);
        door.get("/api/v1/events/a%2Fb?customer_id=c%201&source=s");
        door.get(PATH + "&topic=usage&partition=5&offset=41");
        door.get(PATH + "&position=" + new Position(List.of(place)).token());
        assertThat(door.tracer().asked())
                .containsExactly(
                        new TraceQuestion("acme", "c 1", "s", "a/b", Optional.empty()),
                        new TraceQuestion("acme", "c1", "", "req-1", Optional.of(place)),
                        new TraceQuestion("acme", "c1", "", "req-1", Optional.of(place)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/api/v1/events/req-1                                    | customer_id",
                "/api/v1/events/req-1?customer_id=a&external_customer_id=b | customer_id",
                "/api/v1/events/req-1?external_customer_id=              | external_customer_id",
                "/api/v1/events/req-1?customer_id=a&topic=usage&offset=1 | partition",
                "/api/v1/events/req-1?customer_id=a&topic=x&partition=1&offset=1 | topic",
                "/api/v1/events/req-1?customer_id=a&topic=usage&partition=-1&offset=1 | partition",
                "/api/v1/events/req-1?customer_id=a&position=AQ           | position",
                "/api/v1/events/req-1?customer_id=a&unknown=1             | unknown"
            })
    void refusesWhatCannotBeMeant(String path, String parameter) throws Exception {
        var answer = door.get(path);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(OpenDoor.json(answer).at("/errors/0/parameter").asText()).isEqualTo(parameter);
        assertThat(door.tracer().asked()).isEmpty();
    }
}
