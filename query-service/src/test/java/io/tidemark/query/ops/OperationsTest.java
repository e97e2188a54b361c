package io.tidemark.query.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.query.OpenDoor;
import io.tidemark.streams.reading.Health;
import io.tidemark.streams.reading.Restore;
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
        assertThat(ready.body())
                .isEqualTo("{\"status\":\"ready\",\"reasons\":[],\"restored_percent\":100,\"restoring\":[]}");
        var startup = door.get("/health/startup", new String[0]);
        assertThat(startup.statusCode()).isEqualTo(200);
        assertThat(startup.body()).startsWith("{\"status\":\"started\"");
    }

    @Test
    void saysHowFarItIsRestored() throws Exception {
        var restoring = List.of(new Restore("hot", 3, 50, 200), new Restore("seen-ids", 3, 100, 100));
        door.health.set(new Health(true, false, false, List.of("partitions are being restored: [3]"), restoring));
        var startup = door.get("/health/startup");
        assertThat(startup.statusCode()).isEqualTo(503);
        assertThat(startup.body())
                .isEqualTo("{\"status\":\"starting\",\"reasons\":[\"partitions are being restored: [3]\"],"
                        + "\"restored_percent\":50,\"restoring\":["
                        + "{\"store\":\"hot\",\"partition\":3,\"restored\":50,\"total\":200},"
                        + "{\"store\":\"seen-ids\",\"partition\":3,\"restored\":100,\"total\":100}]}");
        assertThat(door.get("/health/ready").body()).contains("\"not_ready\"", "\"restored_percent\":50");
        door.health.set(new Health(true, false, true, List.of("partitions are being restored: [3]"), restoring));
        assertThat(door.get("/health/startup").statusCode())
                .as("it has started once")
                .isEqualTo(200);
        assertThat(door.get("/health/ready").statusCode()).isEqualTo(503);
    }

    @Test
    void saysThatItIsClosing() throws Exception {
        door.health.set(Health.CLOSING);
        assertThat(door.get("/health/live").statusCode()).isEqualTo(200);
        var ready = door.get("/health/ready");
        assertThat(ready.statusCode()).isEqualTo(503);
        assertThat(ready.body()).startsWith("{\"status\":\"closing\"");
    }

    @Test
    void saysWhyItIsNotReady() throws Exception {
        door.health.set(new Health(true, false, List.of("partition 3 is being restored")));
        assertThat(door.get("/health/live").statusCode()).isEqualTo(200);
        var ready = door.get("/health/ready");
        assertThat(ready.statusCode()).isEqualTo(503);
        assertThat(ready.body())
                .startsWith("{\"status\":\"not_ready\",\"reasons\":[\"partition 3 is being restored\"],");
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
                        "http_server_requests_seconds_bucket\\{.*uri=\"/api/v1/customers/\\{id}/usage\",le=\"30.0\"} 1")
                .containsPattern(
                        "http_server_requests_seconds_count\\{.*status=\"400\",uri=\"/api/v1/apps/\\{slug}/customers/\\{id}/usage\"")
                .containsPattern("http_server_requests_seconds_count\\{method=\"other\",status=\"404\",uri=\"unknown\"")
                .doesNotContain("customer_123", "acme");
    }
}
