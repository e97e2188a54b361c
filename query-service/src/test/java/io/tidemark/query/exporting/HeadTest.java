package io.tidemark.query.exporting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

final class HeadTest {
    @Test
    void isByTheCalendarThatWasAnswered() throws Exception {
        assertThat(Head.of(answer("America/New_York")).zone()).isEqualTo(ZoneId.of("America/New_York"));
        assertThat(Head.of(answer("UTC")).zone()).isEqualTo(ZoneId.of("UTC"));
    }

    @Test
    void isByNoOtherCalendarWhereThisJavaDoesNotKnowThatOne() throws Exception {
        JsonNode answer = answer("Mars/Olympus_Mons");
        assertThatThrownBy(() -> Head.of(answer))
                .isInstanceOf(CannotExport.class)
                .hasMessageContaining("the calendar of Mars/Olympus_Mons");
    }

    private static JsonNode answer(String zone) throws JsonProcessingException {
        return new ObjectMapper()
                .readTree(
                        "{\"data\":[],\"totals\":{\"customers\":0,\"requests\":0,\"input_tokens\":0,\"output_tokens\":0,"
                                + "\"credits\":\"0\",\"cost\":[]},\"excluded\":0,\"period\":{\"from\":\"2026-10-01T00:00:00Z\","
                                + "\"to\":\"2026-11-01T00:00:00Z\"},\"timezone\":\"" + zone
                                + "\",\"as_of\":\"2026-11-20T12:34:56Z\",\"position\":\"p\"}");
    }
}
