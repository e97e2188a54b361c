package io.tidemark.query.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.query.OpenDoor;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class TenantCallsTest {
    private static final String TENANTS = "/admin/tenants";

    private final OpenDoor door = new OpenDoor();

    @AfterEach
    void close() {
        door.close();
    }

    @Test
    void makeListAndChangeTenants() throws Exception {
        var made = door.admin("POST", TENANTS, "{\"tenant\":\"acme\",\"defaultCurrency\":\"NPR\"}");
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        assertThat(made.headers().firstValue("Location")).hasValue(TENANTS + "/acme");
        assertThat(made.body())
                .isEqualTo(
                        "{\"tenant\":\"acme\",\"default_currency\":\"NPR\",\"default_timezone\":null,\"meters\":[],\"created_at\":\"2026-10-20T12:34:56Z\"}");
        var changed = door.admin(
                "PATCH", TENANTS + "/acme", "{\"default_timezone\":\"Asia/Kathmandu\",\"default_currency\":null}");
        assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
        assertThat(changed.body()).contains("\"NPR\"", "\"Asia/Kathmandu\"");
        assertThat(door.admin("GET", TENANTS + "/acme", "").body()).isEqualTo(changed.body());
        assertThat(door.admin("GET", TENANTS, "").body()).isEqualTo("{\"data\":[" + changed.body() + "]}");
    }

    @Test
    void refuseATenantThatIsThereAndOneThatIsNot() throws Exception {
        door.admin("POST", TENANTS, "{\"tenant\":\"acme\"}");
        var again = door.admin("POST", TENANTS, "{\"tenant\":\"acme\",\"default_currency\":\"USD\"}");
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(door.access.tenant("acme").orElseThrow().defaultCurrency()).isEmpty();
        assertThat(door.admin("PATCH", TENANTS + "/globex", "{}").statusCode()).isEqualTo(404);
        assertThat(door.admin("GET", TENANTS + "/globex", "").statusCode()).isEqualTo(404);
    }

    @Test
    void listEveryFaultAtOnce() throws Exception {
        var response = door.admin(
                "POST",
                TENANTS,
                "{\"tenant\":\"a b\",\"default_currency\":\"usd\",\"default_timezone\":\"+05:45\",\"plan\":\"pro\"}");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(OpenDoor.json(response).get("errors").findValuesAsText("pointer"))
                .containsExactly("/tenant", "/default_currency", "/default_timezone", "/plan");
        var patch = door.admin("PATCH", TENANTS + "/globex", "{\"tenant\":\"x\",\"default_currency\":7}");
        assertThat(OpenDoor.json(patch).get("errors").findValuesAsText("pointer"))
                .containsExactly("/default_currency", "/tenant");
    }

    @Test
    void replaceTheMetersOfATenantAsAWhole() throws Exception {
        var made =
                door.admin("POST", TENANTS, "{\"tenant\":\"acme\",\"meters\":[\"storage_gb\",\"api:v1\",\"api:v1\"]}");
        assertThat(made.body()).contains("\"meters\":[\"api:v1\",\"storage_gb\"]");
        var kept = door.admin("PATCH", TENANTS + "/acme", "{\"default_currency\":\"NPR\",\"meters\":null}");
        assertThat(kept.body()).contains("\"meters\":[\"api:v1\",\"storage_gb\"]");
        var replaced = door.admin("PATCH", TENANTS + "/acme", "{\"meters\":[\"seats\"]}");
        assertThat(replaced.body()).contains("\"meters\":[\"seats\"]");
        assertThat(door.admin("PATCH", TENANTS + "/acme", "{\"meters\":[]}").body())
                .contains("\"meters\":[]");
    }

    @Test
    void refuseMetersThatNoEventCanHave() throws Exception {
        var wrong = door.admin(
                "POST", TENANTS, "{\"tenant\":\"acme\",\"meters\":[\"ok\",\"\",\"a b\",7,\"" + "m".repeat(65) + "\"]}");
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(OpenDoor.json(wrong).get("errors").findValuesAsText("pointer"))
                .containsExactly("/meters/1", "/meters/2", "/meters/3", "/meters/4");
        String many = "\"m\",".repeat(1_000) + "\"m\"";
        assertThat(door.admin("POST", TENANTS, "{\"tenant\":\"acme\",\"meters\":[" + many + "]}")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void giveATenantItsCalendar() throws Exception {
        door.admin("POST", TENANTS, "{\"tenant\":\"acme\",\"default_timezone\":\"Asia/Kathmandu\"}");
        door.get("/api/v1/customers/c/usage?period=2026-10-05");
        door.get("/api/v1/usage/by-customer?period=2026-10-05");
        door.get("/api/v1/customers/c/usage?period=2026-10-05&timezone=UTC");
        var kathmandu = Instant.parse("2026-10-04T18:15:00Z");
        assertThat(door.usage.asked.get(0).period().from()).isEqualTo(kathmandu);
        assertThat(door.usage.askedForAll.get(0).period().from()).isEqualTo(kathmandu);
        assertThat(door.usage.asked.get(1).period().from()).isEqualTo(Instant.parse("2026-10-05T00:00:00Z"));
    }
}
