package io.tidemark.query.keys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.query.OpenDoor;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GateTest {
    private static final String PATH = "/api/v1/customers/c/usage";

    private final OpenDoor door = new OpenDoor();

    @AfterEach
    void close() {
        door.close();
    }

    @Test
    void takesTheKeyInEitherHeaderOrTheSameInBoth() throws Exception {
        assertThat(door.get(PATH, "Authorization", "Bearer " + OpenDoor.KEY).statusCode())
                .isEqualTo(200);
        assertThat(door.get(PATH, "authorization", "bearer " + OpenDoor.KEY).statusCode())
                .isEqualTo(200);
        assertThat(door.get(PATH, "x-api-key", OpenDoor.KEY).statusCode()).isEqualTo(200);
        assertThat(door.get(PATH, "X-Api-Key", OpenDoor.KEY, "Authorization", "Bearer " + OpenDoor.KEY)
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void answersNoKeyTwoKeysAndAWrongKeyAlike() throws Exception {
        var none = door.get(PATH, new String[0]);
        var wrong = door.get(PATH, "X-Api-Key", "wrong-wrong-wrong-wrong");
        var two = door.get(PATH, "X-Api-Key", OpenDoor.KEY, "Authorization", "Bearer " + OpenDoor.OTHER_KEY);
        var basic = door.get(PATH, "Authorization", "Basic " + OpenDoor.KEY);
        var both = door.get(PATH, "X-Api-Key", OpenDoor.KEY, "X-Api-Key", "wrong-wrong-wrong-wrong");
        for (HttpResponse<String> response : List.of(none, wrong, two, basic, both)) {
            assertThat(response.statusCode()).isEqualTo(401);
            assertThat(response.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
            assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
            assertThat(OpenDoor.withoutRequestId(response)).isEqualTo(OpenDoor.withoutRequestId(none));
        }
        assertThat(OpenDoor.json(none).get("type").asText()).isEqualTo("urn:tidemark:problem:unauthorized");
        assertThat(door.usage.asked).isEmpty();
    }

    @Test
    void needsTheScope() throws Exception {
        var response = door.get(PATH + "?period=nonsense", "X-Api-Key", OpenDoor.INGEST_KEY);
        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(OpenDoor.json(response).get("detail").asText()).contains("read");
    }

    @Test
    void takesTheTenantFromTheKeyAlone() throws Exception {
        door.get(PATH, "X-Api-Key", OpenDoor.OTHER_KEY, "X-Tenant", "acme");
        assertThat(door.usage.asked)
                .singleElement()
                .satisfies(asked -> assertThat(asked.tenant()).isEqualTo("globex"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/customers/c/usage", "/customer-by-external-id/c/usage", "/usage/by-customer"})
    void hidesTheAppsOfOthers(String path) throws Exception {
        var others = door.get("/api/v1/apps/globex" + path);
        assertThat(others.statusCode()).isEqualTo(404);
        JsonNode nowhere = OpenDoor.json(door.get("/api/v1/apps/nobody" + path));
        assertThat(OpenDoor.json(others).get("detail")).isEqualTo(nowhere.get("detail"));
        assertThat(OpenDoor.json(others).get("type").asText()).isEqualTo("urn:tidemark:problem:not_found");
        assertThat(door.usage.asked).isEmpty();
        assertThat(door.usage.askedForAll).isEmpty();
        assertThat(door.get("/api/v1/apps/globex" + path + "?period=nonsense").statusCode())
                .isEqualTo(400);
    }
}
