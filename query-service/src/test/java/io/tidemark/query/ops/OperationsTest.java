package io.tidemark.query.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.query.OpenDoor;
import io.tidemark.streams.reading.Health;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class OperationsTest {
    private final OpenDoor door = new OpenDoor();

    @AfterEach
    void close() {
        door.close();
    }

    @Test
    void isLiveAndReadyWithoutAKey() throws Exception {
        var live = door.get("/health/live", new String[0]);
        assertThat(live.statusCode()).isEqualTo(200);
        assertThat(live.body()).isEqualTo("{\"status\":\"alive\",\"reasons\":[]}");
        var ready = door.get("/health/ready", new String[0]);
        assertThat(ready.statusCode()).isEqualTo(200);
        assertThat(ready.body()).isEqualTo("{\"status\":\"ready\",\"reasons\":[]}");
    }

    @Test
    void saysWhyItIsNotReady() throws Exception {
        door.health.set(new Health(true, false, List.of("partition 3 is being restored")));
        assertThat(door.get("/health/live").statusCode()).isEqualTo(200);
        var ready = door.get("/health/ready");
        assertThat(ready.statusCode()).isEqualTo(503);
        assertThat(ready.body())
                .isEqualTo("{\"status\":\"not_ready\",\"reasons\":[\"partition 3 is being restored\"]}");
    }

    @Test
    void saysThatItMustBeRestarted() throws Exception {
        door.health.set(new Health(false, false, List.of("counting has stopped")));
        var live = door.get("/health/live");
        assertThat(live.statusCode()).isEqualTo(503);
        assertThat(live.body()).isEqualTo("{\"status\":\"dead\",\"reasons\":[\"counting has stopped\"]}");
    }

    @Test
    void measuresRequestsByRouteAndNeverByTenantOrCustomer() throws Exception {
        door.get("/api/v1/customers/customer_123/usage");
        door.get("/api/v1/apps/acme/customers/customer_123/usage?period=x");
        door.get("/made/up/customer_123");
        var metrics = door.get("/metrics", new String[0]);
        assertThat(metrics.statusCode()).isEqualTo(200);
        assertThat(metrics.body())
                .contains("jvm_memory_used_bytes", "process_uptime_seconds")
                .containsPattern(
                        "http_server_requests_seconds_count\\{.*status=\"200\",uri=\"/api/v1/customers/\\{id}/usage\"")
                .containsPattern(
                        "http_server_requests_seconds_count\\{.*status=\"400\",uri=\"/api/v1/apps/\\{slug}/customers/\\{id}/usage\"")
                .containsPattern("http_server_requests_seconds_count\\{method=\"other\",status=\"404\",uri=\"unknown\"")
                .doesNotContain("customer_123", "acme");
    }
}
