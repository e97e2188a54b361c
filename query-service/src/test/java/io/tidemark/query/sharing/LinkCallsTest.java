package io.tidemark.query.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.query.OpenDoor;
import io.tidemark.query.customers.Sample;
import io.tidemark.query.keys.KeyHash;
import io.tidemark.streams.access.ApiKey;
import io.tidemark.streams.directory.Customer;
import io.tidemark.streams.directory.Outcome;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LinkCallsTest {
    private static final String LINKS = Shared.LINKS;

    private final OpenDoor door = new OpenDoor();
    private final Shared shared = new Shared(door);

    @BeforeEach
    void twoCustomers() {
        door.customers.put(Sample.customer(1));
        door.customers.put(Sample.customer(2));
    }

    @AfterEach
    void close() {
        door.close();
    }

    @Test
    void showATokenOnceAndKeepItsHashAndTheUuidAlone() throws Exception {
        var response = shared.tenant("POST", LINKS, "{}");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        JsonNode made = OpenDoor.json(response);
        String token = made.get("token").asText();
        assertThat(token).matches("tm_link_" + made.get("id").asText() + "_[0-9A-Za-z]{49}");
        assertThat(made.get("url").asText()).isEqualTo("/#/shared/" + token);
        assertThat(made.get("expires_at").asText()).isEqualTo("2026-10-27T12:34:56Z");
        assertThat(response.headers().firstValue("Location"))
                .hasValue(LINKS + "/" + made.get("id").asText());
        ApiKey kept = door.access.keys().get(0);
        assertThat(kept)
                .isEqualTo(ApiKey.link(
                        made.get("id").asText(),
                        KeyHash.of(token).hex(),
                        "acme",
                        "link",
                        Sample.id(1),
                        OpenDoor.NOW,
                        OpenDoor.NOW.plus(Duration.ofDays(7))));
        // What is random has letters of its own.
        String text = kept.toString().replace(kept.hash(), "").replace(kept.id(), "");
        assertThat(text).doesNotContain(token, "c1", "Name 1", "example.com");
        var listed = shared.tenant("GET", LINKS, "");
        assertThat(listed.body())
                .isEqualTo("{\"data\":[{\"id\":\"" + kept.id()
                        + "\",\"created_at\":\"2026-10-20T12:34:56Z\",\"expires_at\":\"2026-10-27T12:34:56Z\"}]}");
    }

    @ParameterizedTest
    @CsvSource({
        "expires_in,7d,2026-10-27T12:34:56Z",
        "expiresIn,P90D,2027-01-18T12:34:56Z",
        "expires_in,12:00:00,2026-10-21T00:34:56Z",
        "expires_at,2026-10-20T14:34:57+02:00,2026-10-20T12:34:57Z",
        "expires_at,2027-01-18T12:34:56Z,2027-01-18T12:34:56Z"
    })
    void endWhenTheyAreToldTo(String field, String value, String end) throws Exception {
        JsonNode made = shared.made("{\"" + field + "\":\"" + value + "\"}");
        assertThat(made.get("expires_at").asText()).isEqualTo(end);
        assertThat(shared.statuses(made)).containsOnly(200);
        door.clock.pass(Duration.between(OpenDoor.NOW, java.time.Instant.parse(end)));
        assertThat(shared.statuses(made)).containsOnly(401);
        assertThat(shared.tenant("GET", LINKS, "").body()).isEqualTo("{\"data\":[]}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"expires_in\":\"91d\"}",
                "{\"expires_in\":\"0s\"}",
                "{\"expires_in\":7}",
                "{\"expires_in\":\"a week\"}",
                "{\"expires_at\":\"2026-10-20T12:34:56Z\"}",
                "{\"expires_at\":\"2027-01-18T12:34:57Z\"}",
                "{\"expires_in\":\"7d\",\"expires_at\":\"2026-10-21T00:00:00Z\"}",
                "{\"scopes\":[\"write\"]}",
                "{\"name\":\"for Ann\"}",
                "[]"
            })
    void areNotMadeOfWhatIsNotUnderstood(String body) throws Exception {
        assertThat(shared.tenant("POST", LINKS, body).statusCode()).isEqualTo(400);
        assertThat(door.access.keys()).isEmpty();
    }

    @Test
    void listEveryFaultAtOnce() throws Exception {
        var response = shared.tenant("POST", LINKS + "?dry=1", "{\"expires_in\":\"0d\",\"expires_at\":1,\"to\":2}");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(OpenDoor.json(response).get("errors")).hasSize(5);
    }

    @Test
    void areFoundUnderEveryNameOfTheCustomerAndUnderNoOthers() throws Exception {
        var made = new ArrayList<String>();
        for (String path : List.of(
                "/api/v1/customers/" + Sample.id(1),
                "/v1/customers/c1",
                "/api/v1/apps/acme/customers/c1",
                "/api/v1/customer-by-external-id/c1")) {
            var response = shared.tenant("POST", path + "/share-links", "");
            assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
            made.add(OpenDoor.json(response).get("id").asText());
            assertThat(OpenDoor.json(shared.tenant("GET", path + "/share-links", ""))
                            .get("data")
                            .findValuesAsText("id"))
                    .containsExactlyInAnyOrderElementsOf(made);
        }
        assertThat(shared.tenant("GET", "/api/v1/customers/c2/share-links", "").body())
                .isEqualTo("{\"data\":[]}");
        String others = "/api/v1/customers/c2/share-links/" + made.get(0);
        assertThat(shared.tenant("DELETE", others, "").statusCode()).isEqualTo(404);
        for (String nobody : List.of("nobody", Sample.id(9).toString())) {
            for (String method : List.of("POST", "GET")) {
                var response = shared.tenant(method, "/api/v1/customers/" + nobody + "/share-links", "");
                assertThat(response.statusCode()).isEqualTo(404);
                assertThat(response.body()).contains("unknown_customer");
            }
        }
        assertThat(door.access.keys()).hasSize(4);
    }

    @Test
    void areRevokedForEverOneByOne() throws Exception {
        JsonNode one = shared.made("");
        JsonNode other = shared.made("");
        for (int times = 0; times < 2; times++) {
            assertThat(shared.tenant("DELETE", LINKS + "/" + one.get("id").asText(), "")
                            .statusCode())
                    .isEqualTo(204);
        }
        assertThat(shared.statuses(one)).containsOnly(401);
        assertThat(shared.statuses(other)).containsOnly(200);
        assertThat(OpenDoor.json(shared.tenant("GET", LINKS, "")).get("data").findValuesAsText("id"))
                .containsExactly(other.get("id").asText());
        assertThat(shared.tenant("DELETE", LINKS + "/unknown0", "").statusCode())
                .isEqualTo(404);
        assertThat(shared.tenant("DELETE", LINKS + "/%ff", "").statusCode()).isEqualTo(404);
    }

    @Test
    void areNoMoreThanSoManyOfACustomerAndForgottenLongAfterTheyEnded() throws Exception {
        for (int i = 0; i < Links.MOST; i++) {
            shared.made("{\"expires_in\":\"1h\"}");
        }
        assertThat(shared.tenant("POST", LINKS, "").statusCode()).isEqualTo(409);
        String first = door.access.keys().get(0).id();
        shared.tenant("DELETE", LINKS + "/" + first, "");
        shared.made("{\"expires_in\":\"80d\"}");
        door.clock.pass(Duration.ofHours(24));
        shared.made("");
        assertThat(door.access.keys())
                .as("ended less than a day ago, but for one")
                .hasSize(Links.MOST + 2);
        door.clock.pass(Duration.ofHours(2));
        shared.made("");
        assertThat(door.access.keys()).hasSize(3).allMatch(link -> link.isActive(door.clock.instant()));
    }

    @Test
    void areNoMoreThanSoManyOfATenant() throws Exception {
        for (int i = 0; i < Links.MOST_OF_TENANT; i++) {
            door.access.put(link("l" + i, new UUID(i, i), Duration.ofHours(1)));
        }
        var response = shared.tenant("POST", LINKS, "");
        assertThat(response.statusCode()).isEqualTo(409);
        assertThat(response.body()).contains("10000 links to customers of this tenant");
        door.access.revoke("l0", OpenDoor.NOW);
        shared.made("");
        assertThat(shared.tenant("POST", LINKS, "").statusCode()).isEqualTo(409);
        door.clock.pass(Duration.ofHours(1));
        shared.made("");
    }

    /** Also those to customers that nobody makes another for. */
    @Test
    void areForgottenWhoseverTheyWereALittleAtEachThatIsMade() throws Exception {
        int ended = Links.MOST_FORGOTTEN + 7;
        for (int i = 0; i < ended; i++) {
            door.access.put(link("l" + i, new UUID(i, i), Duration.ofMinutes(1 + i)));
        }
        door.clock.pass(Duration.ofDays(2));
        shared.made("");
        assertThat(door.access.keys())
                .filteredOn(key -> key.customer().filter(Sample.id(1)::equals).isEmpty())
                .extracting(key -> key.expiresAt().orElseThrow())
                .as("those that ended first went first")
                .hasSize(7)
                .allMatch(end -> !end.isBefore(OpenDoor.NOW.plus(Duration.ofMinutes(1 + Links.MOST_FORGOTTEN))));
        shared.made("");
        assertThat(door.access.keys()).hasSize(2).allMatch(key -> key.isActive(door.clock.instant()));
    }

    private static ApiKey link(String id, UUID customer, Duration lasts) {
        return ApiKey.link(id, KeyHash.of(id).hex(), "acme", "link", customer, OpenDoor.NOW, OpenDoor.NOW.plus(lasts));
    }

    @Test
    void ofOneWhoIsDeletedEndForGood() throws Exception {
        JsonNode link = shared.made("");
        Customer deleted = Sample.deleted(1);
        door.directory.answers(new Outcome.Deleted(deleted));
        assertThat(shared.tenant("DELETE", "/api/v1/customers/c1", "").statusCode())
                .isEqualTo(204);
        door.customers.put(deleted);
        assertThat(shared.statuses(link)).containsOnly(401);
        assertThat(shared.tenant("POST", LINKS, "").statusCode()).isEqualTo(404);
        door.customers.put(changed(4, true));
        assertThat(shared.statuses(link)).as("an event brought it back").containsOnly(401);
        assertThat(shared.statuses(shared.made(""))).containsOnly(200);
    }

    @Test
    void ofOneWhoIsErasedEndForGoodAndSayNothingOfIt() throws Exception {
        JsonNode link = shared.made("");
        Customer erased = Sample.customer(1).without("erased-0123456789", OpenDoor.NOW);
        door.directory.answers(new Outcome.Erased(erased));
        assertThat(shared.tenant("DELETE", "/api/v1/customers/c1?erase=true", "")
                        .statusCode())
                .isEqualTo(200);
        door.customers.erased("acme", "c1", erased.externalId(), OpenDoor.NOW);
        assertThat(shared.statuses(link)).containsOnly(401);
        assertThat(door.access.keys())
                .singleElement()
                .satisfies(kept -> assertThat(kept.revokedAt()).isPresent());
    }

    @Test
    void areRefusedForAsLongAsTheirCustomerIsGoneOrInactiveWhateverBecameOfTheRevocation() throws Exception {
        JsonNode link = shared.made("");
        door.access.fail();
        door.directory.answers(new Outcome.Deleted(Sample.deleted(1)));
        assertThat(shared.tenant("DELETE", "/api/v1/customers/c1", "").statusCode())
                .isEqualTo(204);
        door.customers.put(Sample.deleted(1));
        assertThat(shared.statuses(link)).containsOnly(401);
        door.customers.put(changed(4, false));
        assertThat(shared.statuses(link)).containsOnly(401);
        assertThat(shared.tenant("POST", LINKS, "").statusCode()).isEqualTo(409);
        door.customers.put(changed(5, true));
        assertThat(shared.statuses(link)).containsOnly(200);
    }

    @Test
    void leaveThoseAloneWhoseDeletionIsRefused() throws Exception {
        JsonNode link = shared.made("");
        door.directory.answers(new Outcome.Stale(Sample.customer(1)));
        assertThat(shared.tenant("DELETE", "/api/v1/customers/c1", "").statusCode())
                .isEqualTo(412);
        assertThat(shared.statuses(link)).containsOnly(200);
    }

    @Test
    void sayWhenAChangeIsNotCertain() throws Exception {
        JsonNode link = shared.made("");
        door.access.fail();
        for (HttpResponse<String> response : List.of(
                shared.tenant("POST", LINKS, ""),
                shared.tenant("DELETE", LINKS + "/" + link.get("id").asText(), ""))) {
            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.body()).doesNotContain("Kafka", "tm_link_");
        }
    }

    @Test
    void needTheScopeWrite() throws Exception {
        for (String method : List.of("POST", "GET")) {
            var body = java.net.http.HttpRequest.BodyPublishers.noBody();
            assertThat(door.send(method, LINKS, body, "X-Api-Key", OpenDoor.KEY).statusCode())
                    .isEqualTo(403);
        }
    }

    /** The first of them, in a later version. */
    private static Customer changed(long version, boolean active) {
        Customer before = Sample.customer(1);
        return new Customer(
                before.id(),
                before.tenant(),
                before.externalId(),
                version,
                before.details(),
                active,
                before.autoCreated(),
                before.createdAt(),
                before.updatedAt(),
                before.firstSeenAt(),
                before.lastSeenAt(),
                Optional.empty());
    }
}
