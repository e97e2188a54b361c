package io.tidemark.query.customers;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.query.OpenDoor;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OneCustomerTest {
    private static final String ID = Sample.id(1).toString();

    private final OpenDoor door = new OpenDoor();

    @BeforeEach
    void fill() {
        door.customers.put(Sample.customer(1));
        door.customers.put(Sample.deleted(2));
        door.customers.put(Sample.customer("globex", 3, "theirs", Optional.empty()));
    }

    @AfterEach
    void close() {
        door.close();
    }

    @Test
    void isShownInTheShapeOfTheContract() throws Exception {
        var response = door.get("/api/v1/customers/" + ID);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("ETag")).hasValue("\"3\"");
        assertThat(response.body())
                .isEqualTo("{\"id\":\"" + ID + "\",\"external_id\":\"c1\",\"name\":\"Name 1\","
                        + "\"email\":\"N1@example.com\",\"phone\":null,\"billing_address_line1\":\"1 Long Street\","
                        + "\"billing_address_line2\":null,\"billing_address_city\":null,"
                        + "\"billing_address_state\":null,\"billing_address_postal_code\":null,"
                        + "\"billing_address_country\":null,\"currency\":null,\"timezone\":null,"
                        + "\"country_code\":null,\"locale\":null,\"metadata\":{\"plan\":\"pro\"},"
                        + "\"is_active\":true,\"auto_created\":false,\"version\":3,"
                        + "\"created_at\":\"2026-10-01T00:00:01Z\",\"updated_at\":\"2026-10-01T00:00:01Z\","
                        + "\"first_seen_at\":null,\"last_seen_at\":\"2026-10-01T00:01:39Z\",\"deleted_at\":null}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/customers/c1",
                "/v1/customers/%63%31",
                "/api/v1/apps/acme/customers/c1",
                "/api/v1/customers/by-email?email=n1%40EXAMPLE.com",
                "/v1/customers/by-external-id?external_id=c1",
                "/api/v1/customer-by-external-id/c1"
            })
    void isFoundByWhateverItIsKnownBy(String path) throws Exception {
        var response = door.get(path);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(OpenDoor.json(response).get("id").asText()).isEqualTo(ID);
    }

    @Test
    void isOursFirstWhereTheIdIsAUuid() throws Exception {
        door.customers.put(Sample.customer("acme", 9, ID, Optional.empty()));
        assertThat(OpenDoor.json(door.get("/v1/customers/" + ID))
                        .get("external_id")
                        .asText())
                .isEqualTo("c1");
        assertThat(OpenDoor.json(door.get("/v1/customer-by-external-id/" + ID))
                        .get("external_id")
                        .asText())
                .isEqualTo(ID);
    }

    @Test
    void isShownByItsIdsWhenDeletedAndNotByItsAddress() throws Exception {
        var response = door.get("/v1/customers/c2");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(OpenDoor.json(response).get("deleted_at").asText()).isEqualTo("2026-10-01T00:01:00Z");
        assertThat(door.get("/v1/customers/by-email?email=n2@example.com").statusCode())
                .isEqualTo(404);
    }

    @Test
    void isAsUnknownAsAnyWhenItIsAnotherTenants() throws Exception {
        var theirs = door.get("/v1/customers/theirs");
        var nobodys = door.get("/v1/customers/nobody");
        assertThat(theirs.statusCode()).isEqualTo(404);
        assertThat(OpenDoor.withoutRequestId(theirs).replace("theirs", "nobody"))
                .isEqualTo(OpenDoor.withoutRequestId(nobodys));
        assertThat(door.get("/v1/customers/" + Sample.id(3)).statusCode()).isEqualTo(404);
        assertThat(door.get("/api/v1/apps/globex/customers/c1").statusCode()).isEqualTo(404);
    }

    @Test
    void isAskedForWithEveryFaultAtOnce() throws Exception {
        var response = door.get("/v1/customers/by-email?email=nobody&x=1");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(OpenDoor.json(response).get("errors")).hasSize(2);
        assertThat(door.get("/v1/customers/by-email").body()).contains("is needed");
        assertThat(door.get("/v1/customers/by-external-id?external_id=%00").statusCode())
                .isEqualTo(400);
        assertThat(door.get("/v1/customers/%FF").statusCode()).isEqualTo(400);
    }

    @Test
    void isNotUnknownWhileCustomersAreBeingRead() throws Exception {
        try (var early = new OpenDoor(false)) {
            for (String path : new String[] {"/v1/customers/c", "/v1/customers", "/v1/customers/c/usage"}) {
                var response = early.get(path);
                assertThat(response.statusCode()).as(path).isEqualTo(503);
                assertThat(response.headers().firstValue("Retry-After")).isPresent();
            }
        }
    }
}
