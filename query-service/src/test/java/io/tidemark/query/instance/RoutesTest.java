package io.tidemark.query.instance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.Javalin;
import io.javalin.http.HandlerType;
import io.tidemark.contract.ApiDescription;
import io.tidemark.contract.Operation;
import io.tidemark.query.FakeAccess;
import io.tidemark.query.FakeDirectory;
import io.tidemark.query.FakeIntake;
import io.tidemark.query.FakeOriginals;
import io.tidemark.query.FakeParts;
import io.tidemark.query.FakeTracer;
import io.tidemark.query.FakeUsage;
import io.tidemark.query.OpenDoor;
import io.tidemark.query.customers.Customers;
import io.tidemark.query.keys.ApiKeys;
import io.tidemark.query.ops.Metrics;
import io.tidemark.query.stream.StreamHub;
import io.tidemark.streams.feed.HeldChanges;
import io.tidemark.streams.reading.Health;
import io.tidemark.streams.roster.HeldCustomers;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class RoutesTest {
    @Test
    void areExactlyTheOperationsOfTheDocument() throws Exception {
        var described = new TreeSet<String>();
        for (Operation operation : new ApiDescription(document()).operations()) {
            operation.templates().forEach(path -> described.add(operation.method() + " " + path));
        }
        assertThat(offered()).isEqualTo(described);
    }

    @Test
    void areDescribedWithoutDanglingReferences() throws Exception {
        JsonNode document = document();
        assertThat(document.get("openapi").asText()).startsWith("3.1");
        List<String> references = document.findValuesAsText("$ref");
        assertThat(references).isNotEmpty();
        for (String reference : references) {
            assertThat(document.at(reference.substring(1)).isMissingNode())
                    .as(reference)
                    .isFalse();
        }
    }

    private static JsonNode document() throws Exception {
        try (var door = new OpenDoor()) {
            return OpenDoor.json(door.get("/openapi.json", new String[0]));
        }
    }

    private static Set<String> offered() {
        var offered = new TreeSet<String>();
        try (var metrics = new Metrics();
                var hub = new StreamHub(
                        new HeldChanges(1), new Customers(new HeldCustomers()), caller -> true, metrics.registry())) {
            var access = new FakeAccess();
            var routes = new Routes(
                    new FakeUsage(),
                    new FakeParts(),
                    new FakeTracer(),
                    access,
                    new HeldCustomers(),
                    new FakeDirectory(),
                    new FakeIntake(Clock.systemUTC()),
                    new FakeOriginals().replays(new FakeIntake(Clock.systemUTC())),
                    hub,
                    new ApiKeys(List.of(), access, Clock.systemUTC()),
                    () -> new Health(true, true, List.of()),
                    metrics,
                    InstanceSettings.EVENTS_PER_SECOND,
                    Clock.systemUTC());
            Javalin.create(routes).unsafe.internalRouter.allHttpHandlers().stream()
                    .filter(handler -> !handler.endpoint.method.equals(HandlerType.HEAD))
                    .forEach(handler -> offered.add(handler.endpoint.method + " " + handler.endpoint.path));
        }
        return offered;
    }
}
