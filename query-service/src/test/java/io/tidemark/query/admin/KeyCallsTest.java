package io.tidemark.query.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.query.OpenDoor;
import io.tidemark.query.customers.Sample;
import io.tidemark.query.keys.KeyHash;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class KeyCallsTest {
    private static final String KEYS = "/admin/api-keys";
    private static final String USAGE = "/api/v1/customers/c/usage";
    private static final String READER = "{\"tenant\":\"acme\",\"scopes\":[\"read\",\"ingest\",\"read\"]}";

    private final OpenDoor door = new OpenDoor();

    @AfterEach
    void close() {
        door.close();
    }

    @Test
    void showAKeyOnceAndKeepItsHashAlone() throws Exception {
        var response = door.admin("POST", KEYS, READER);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        JsonNode made = OpenDoor.json(response);
        String key = made.get("key").asText();
        assertThat(key).matches("tm_live_" + made.get("id").asText() + "_[0-9A-Za-z]{49}");
        assertThat(made.get("tenant").asText()).isEqualTo("acme");
        assertThat(made.get("scopes").toString()).isEqualTo("[\"ingest\",\"read\"]");
        assertThat(made.get("active").asBoolean()).isTrue();
        String location = response.headers().firstValue("Location").orElseThrow();
        assertThat(location).isEqualTo(KEYS + "/" + made.get("id").asText());
        assertThat(status(key)).isEqualTo(200);

        for (var shown : List.of(door.admin("GET", location, ""), door.admin("GET", KEYS, ""))) {
            assertThat(shown.statusCode()).isEqualTo(200);
            assertThat(shown.body()).contains(made.get("id").asText()).doesNotContain(key, hash(key), "hash");
        }
        assertThat(door.access.keys()).singleElement().satisfies(kept -> {
            assertThat(kept.hash()).isEqualTo(hash(key));
            assertThat(kept.toString()).doesNotContain(key);
        });
    }

    @Test
    void makeTheTenantThatIsNewAndLeaveTheOneThatIsThere() throws Exception {
        door.admin("POST", KEYS, READER);
        assertThat(door.access.tenant("acme")).isPresent();
        door.admin("PATCH", "/admin/tenants/acme", "{\"default_currency\":\"NPR\"}");
        door.admin("POST", KEYS, READER);
        assertThat(door.access.tenant("acme").orElseThrow().defaultCurrency()).hasValue("NPR");
    }

    @Test
    void takeBothSpellingsAndEveryField() throws Exception {
        JsonNode made = made("""
                {"tenant":"acme","scopes":["admin"],"name":"night job","expiresAt":"2026-10-20T14:34:57+02:00",
                 "environment":"test"}""");
        assertThat(made.get("key").asText()).startsWith("tm_test_");
        assertThat(made.get("name").asText()).isEqualTo("night job");
        assertThat(made.get("expires_at").asText()).isEqualTo("2026-10-20T12:34:57Z");
        String key = made.get("key").asText();
        assertThat(door.get(KEYS, "X-Api-Key", key).statusCode()).isEqualTo(200);
        assertThat(status(key)).as("admin reads no usage").isEqualTo(403);
        door.clock.pass(Duration.ofSeconds(1));
        assertThat(door.get(KEYS, "X-Api-Key", key).statusCode()).isEqualTo(401);
        assertThat(row(made).get("active").asBoolean()).isFalse();
    }

    @Test
    void listEveryFaultAtOnce() throws Exception {
        var response = door.admin("POST", KEYS + "?dry=1", """
                {"tenant":"Acme","scopes":["read","fly",7],"name":"","expires_at":"2026-10-20T12:34:56Z",
                 "environment":"my_env","role":"king"}""");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(where(response))
                .containsExactly(
                        "dry", "/tenant", "/scopes/1", "/scopes/2", "/name", "/expires_at", "/environment", "/role");
        assertThat(where(door.admin("POST", KEYS, "{\"tenant\":\"A\",\"scopes\":[]}")))
                .containsExactly("/tenant", "/scopes");
        assertThat(where(door.admin("POST", KEYS, "{}"))).containsExactly("/tenant", "/scopes");
        assertThat(door.admin("POST", KEYS, "").statusCode()).isEqualTo(400);
        assertThat(door.access.keys()).isEmpty();
        assertThat(door.access.tenants()).isEmpty();
    }

    @Test
    void listTheKeysOfATenant() throws Exception {
        made(READER);
        door.clock.pass(Duration.ofSeconds(1));
        made(READER.replace("acme", "globex"));
        assertThat(OpenDoor.json(door.admin("GET", KEYS, "")).get("data").findValuesAsText("tenant"))
                .containsExactly("acme", "globex");
        assertThat(OpenDoor.json(door.admin("GET", KEYS + "?tenant=globex", ""))
                        .get("data")
                        .findValuesAsText("tenant"))
                .containsExactly("globex");
        assertThat(door.admin("GET", KEYS + "?tenants=globex", "").statusCode()).isEqualTo(400);
    }

    @Test
    void replaceAKeyAndTakeBothForAWhile() throws Exception {
        JsonNode old = made("{\"tenant\":\"acme\",\"scopes\":[\"read\"],\"name\":\"n\",\"environment\":\"test\"}");
        JsonNode fresh = rotated(old, "{\"overlap\":\"1h\"}");
        assertThat(fresh.get("key").asText()).startsWith("tm_test_");
        assertThat(fresh.get("name").asText()).isEqualTo("n");
        assertThat(fresh.get("scopes").toString()).isEqualTo("[\"read\"]");
        assertThat(row(old).get("replaced_by")).isEqualTo(fresh.get("id"));
        assertThat(row(old).get("expires_at").asText()).isEqualTo("2026-10-20T13:34:56Z");
        assertThat(status(old.get("key").asText())).isEqualTo(200);
        door.clock.pass(Duration.ofHours(1));
        assertThat(status(old.get("key").asText())).isEqualTo(401);
        assertThat(status(fresh.get("key").asText())).isEqualTo(200);
    }

    @Test
    void replaceAKeyAtOnceOrAfterADayAndNeverLaterThanItEnds() throws Exception {
        JsonNode atOnce = made(READER);
        rotated(atOnce, "{\"overlap\":\"0s\"}");
        assertThat(status(atOnce.get("key").asText())).isEqualTo(401);
        JsonNode daily = made(READER);
        rotated(daily, "");
        assertThat(row(daily).get("expires_at").asText()).isEqualTo("2026-10-21T12:34:56Z");
        JsonNode sooner = made(READER.replace("}", ",\"expires_at\":\"2026-10-20T13:00:00Z\"}"));
        door.clock.pass(Duration.ofMinutes(10));
        JsonNode next = rotated(sooner, "{}");
        assertThat(row(sooner).get("expires_at").asText()).isEqualTo("2026-10-20T13:00:00Z");
        assertThat(next.get("expires_at").asText()).as("lasts as long").isEqualTo("2026-10-20T13:10:00Z");
    }

    @Test
    void replaceNoKeyThatHasEndedOrWasReplaced() throws Exception {
        JsonNode revoked = made(READER);
        door.admin("DELETE", path(revoked), "");
        JsonNode replaced = made(READER);
        JsonNode by = rotated(replaced, "");
        for (JsonNode key : List.of(revoked, replaced)) {
            var response = door.admin("POST", path(key) + "/rotate", "");
            assertThat(response.statusCode()).isEqualTo(409);
            assertThat(OpenDoor.json(response).get("type").asText()).endsWith(":conflict");
        }
        assertThat(door.admin("POST", path(replaced) + "/rotate", "").body())
                .contains(by.get("id").asText());
        var faulty = door.admin("POST", KEYS + "/unknown0/rotate", "{\"overlap\":\"P1M\",\"over\":1}");
        assertThat(where(faulty)).containsExactly("/overlap", "/over");
        assertThat(door.admin("POST", KEYS + "/unknown0/rotate", "").statusCode())
                .isEqualTo(404);
    }

    @Test
    void revokeAKeyForEver() throws Exception {
        JsonNode key = made(READER);
        for (int times = 0; times < 2; times++) {
            var response = door.admin("DELETE", path(key), "");
            assertThat(response.statusCode()).isEqualTo(204);
            assertThat(response.body()).isEmpty();
            door.clock.pass(Duration.ofSeconds(1));
        }
        assertThat(status(key.get("key").asText())).isEqualTo(401);
        assertThat(row(key).get("revoked_at").asText()).isEqualTo("2026-10-20T12:34:56Z");
        assertThat(door.admin("DELETE", KEYS + "/unknown0", "").statusCode()).isEqualTo(404);
        assertThat(door.admin("DELETE", KEYS + "/%ff", "").statusCode()).isEqualTo(404);
    }

    @Test
    void leaveLinksOutOfTheListUnlessAskedAndRevokeThemButReplaceNone() throws Exception {
        door.customers.put(Sample.customer(1));
        var answer = door.send(
                "POST",
                "/api/v1/customers/c1/share-links",
                HttpRequest.BodyPublishers.noBody(),
                "X-Api-Key",
                OpenDoor.WRITE_KEY);
        JsonNode link = OpenDoor.json(answer);
        assertThat(OpenDoor.json(door.admin("GET", KEYS, "")).get("data")).isEmpty();
        JsonNode listed =
                OpenDoor.json(door.admin("GET", KEYS + "?share_links=true", "")).at("/data/0");
        assertThat(listed.get("id")).isEqualTo(link.get("id"));
        assertThat(listed.get("customer_id").asText()).isEqualTo(Sample.id(1).toString());
        assertThat(listed.get("scopes").toString()).isEqualTo("[\"read:customer\"]");
        assertThat(door.admin("POST", path(link) + "/rotate", "").statusCode()).isEqualTo(409);
        assertThat(door.admin("DELETE", path(link), "").statusCode()).isEqualTo(204);
        assertThat(door.get("/api/v1/shared", "X-Api-Key", link.get("token").asText())
                        .statusCode())
                .isEqualTo(401);
        assertThat(where(door.admin("POST", KEYS, READER.replace("ingest", "read:customer"))))
                .as("nobody makes one by hand")
                .containsExactly("/scopes/1");
        assertThat(where(door.admin("GET", KEYS + "?share_links=1", ""))).containsExactly("share_links");
    }

    @ParameterizedTest
    @CsvSource({
        "POST,/admin/api-keys",
        "GET,/admin/api-keys",
        "GET,/admin/api-keys/x",
        "POST,/admin/api-keys/x/rotate",
        "DELETE,/admin/api-keys/x",
        "POST,/admin/tenants",
        "GET,/admin/tenants",
        "GET,/admin/tenants/x",
        "PATCH,/admin/tenants/x"
    })
    void areTheOperatorsAlone(String method, String path) throws Exception {
        var nobody = java.net.http.HttpRequest.BodyPublishers.ofString("nonsense");
        assertThat(door.send(method, path, nobody, "X-Api-Key", "a-key-of-nobody-at-all")
                        .statusCode())
                .isEqualTo(401);
        var reader = door.send(method, path, nobody, "X-Api-Key", OpenDoor.KEY);
        assertThat(reader.statusCode()).isEqualTo(403);
        assertThat(reader.body()).contains("admin");
    }

    @Test
    void letTheOperatorNoFurtherThanAdmin() throws Exception {
        for (String path : List.of(USAGE, "/v1/usage/by-customer", "/api/v1/apps/acme/usage/by-customer")) {
            var response = door.get(path, "X-Api-Key", OpenDoor.OPERATOR_KEY);
            assertThat(response.statusCode()).isEqualTo(403);
            assertThat(response.body()).contains("of a tenant");
        }
    }

    @Test
    void sayWhenAChangeIsNotCertain() throws Exception {
        JsonNode key = made(READER);
        door.access.fail();
        for (var response : List.of(
                door.admin("POST", KEYS, READER),
                door.admin("POST", path(key) + "/rotate", ""),
                door.admin("DELETE", path(key), ""))) {
            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.headers().firstValue("Retry-After")).isPresent();
            assertThat(response.body()).doesNotContain("Kafka", "tm_live_");
        }
    }

    private JsonNode made(String body) throws Exception {
        var response = door.admin("POST", KEYS, body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        return OpenDoor.json(response);
    }

    private JsonNode rotated(JsonNode old, String body) throws Exception {
        var response = door.admin("POST", path(old) + "/rotate", body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        return OpenDoor.json(response);
    }

    private JsonNode row(JsonNode key) throws Exception {
        return OpenDoor.json(door.admin("GET", path(key), ""));
    }

    private static String path(JsonNode key) {
        return KEYS + "/" + key.get("id").asText();
    }

    private int status(String key) throws Exception {
        return door.get(USAGE, "X-Api-Key", key).statusCode();
    }

    private static String hash(String key) {
        return KeyHash.of(key).hex();
    }

    private static List<String> where(HttpResponse<String> response) throws Exception {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        var places = new java.util.ArrayList<String>();
        OpenDoor.json(response)
                .get("errors")
                .forEach(fault -> places.add(
                        fault.has("pointer")
                                ? fault.get("pointer").asText()
                                : fault.get("parameter").asText()));
        return places;
    }
}
