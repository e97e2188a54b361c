package io.tidemark.query.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.contract.Contract;
import io.tidemark.contract.Operation;
import io.tidemark.query.OpenDoor;
import io.tidemark.query.customers.Sample;
import io.tidemark.query.keys.KeyHash;
import io.tidemark.streams.access.ApiKey;
import io.tidemark.streams.reading.UsageSeries;
import io.tidemark.streams.requestlog.BreakdownQuery;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever holds a link sees what one customer used, and nothing else: of all routes there are, but those named here. */
final class LinkReachesNothingElseTest {
    private static final Set<String> SHARED = Set.of("/shared", "/shared/usage", "/shared/usage/breakdown");

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

    /** {@code RoutesTest} holds the operations to be all routes there are. */
    @Test
    void ofAllRoutesWhoseverIdTheyAreGiven() throws Exception {
        String token = shared.made("").get("token").asText();
        var let = new TreeSet<String>();
        int refused = 0;
        for (Operation operation : Contract.ofClassPath().api().operations()) {
            for (String template : operation.templates()) {
                for (String id :
                        List.of(Sample.id(1).toString(), "c1", Sample.id(2).toString(), "c2", "nobody")) {
                    for (String method : methods(operation)) {
                        String path = template.replace("{slug}", "acme").replaceAll("\\{[a-z_]+}", id);
                        int status = door.send(method, path, body(method), "X-Api-Key", token)
                                .statusCode();
                        if (operation.scope().isEmpty()) {
                            assertThat(status).as(method + " " + path).isEqualTo(withoutKey(method, path));
                        } else if (status != 403) {
                            assertThat(status).as(method + " " + path).isEqualTo(200);
                            let.add(operation.path());
                        } else {
                            refused++;
                        }
                    }
                }
            }
        }
        assertThat(let).isEqualTo(SHARED);
        assertThat(refused).isGreaterThan(400);
        assertThat(door.directory.sent).isEmpty();
        assertThat(door.access.keys()).hasSize(1);
        assertThat(door.usage.asked).isEmpty();
        assertThat(door.parts().asked())
                .allSatisfy(question -> assertThat(customerOf(question)).isEqualTo("acme/c1"));
    }

    private static List<String> methods(Operation operation) {
        return operation.method().equals("GET") ? List.of("GET", "HEAD") : List.of(operation.method());
    }

    private int withoutKey(String method, String path) throws Exception {
        return door.send(method, path, body(method), "X-Nothing", "x").statusCode();
    }

    /** One that nobody reads would end the connection, perhaps in the middle of the answer. */
    private static HttpRequest.BodyPublisher body(String method) {
        return method.equals("GET") || method.equals("HEAD")
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofString("{}");
    }

    private static String customerOf(Object question) {
        if (question instanceof UsageSeries.Asked asked) {
            return asked.tenant() + "/" + asked.customer().orElse("all of them");
        }
        var query = (BreakdownQuery) question;
        return query.tenant() + "/" + query.customer();
    }

    @Test
    void andNothingInAnotherTenantsName() throws Exception {
        JsonNode link = shared.made("");
        assertThat(shared.holder(link, "/api/v1/apps/globex/shared/usage").statusCode())
                .isEqualTo(404);
        assertThat(shared.holder(link, "/api/v1/apps/globex/customers/c1/usage").statusCode())
                .isEqualTo(403);
    }

    @Test
    void andOfTheCustomerItsNameAndIdsAlone() throws Exception {
        JsonNode link = shared.made("{\"expires_in\":\"1d\"}");
        assertThat(shared.holder(link, "/api/v1/shared").body())
                .isEqualTo("{\"customer\":{\"id\":\"" + Sample.id(1)
                        + "\",\"external_id\":\"c1\",\"name\":\"Name 1\"},\"expires_at\":\"2026-10-21T12:34:56Z\"}");
    }

    @Test
    void andOfItsUsageAllButWhatIsNotItsOwn() throws Exception {
        JsonNode link = shared.made("");
        JsonNode whole = OpenDoor.json(shared.holder(link, "/api/v1/shared/usage?period=30d"));
        assertThat(whole.at("/customer/name").asText()).isEqualTo("Name 1");
        assertThat(whole.at("/requests").longValue()).isEqualTo(3);
        assertThat(whole.at("/meters/0/cost/0/amount").asText()).isEqualTo("0.25");
        assertThat(whole.has("windows")).isFalse();
        JsonNode days =
                OpenDoor.json(shared.holder(link, "/api/v1/shared/usage?period=7d&window=day&timezone=Asia/Kathmandu"));
        assertThat(days.get("windows")).hasSize(8);
        assertThat(days.get("timezone").asText()).isEqualTo("Asia/Kathmandu");
        JsonNode byModel = OpenDoor.json(shared.holder(link, "/api/v1/shared/usage/breakdown"));
        assertThat(byModel.at("/data/0/group/model").asText()).isEqualTo("gpt-x");
        for (JsonNode answer : List.of(whole, days, byModel)) {
            assertThat(answer.has("as_of")).isTrue();
            assertThat(answer.has("position"))
                    .as("it counts the records of all customers")
                    .isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?customer_id=c2",
                "/usage?explain=true",
                "/usage?after=AQ",
                "/usage?external_customer_id=c2",
                "/usage?include_inactive=true",
                "/usage/breakdown?group_by=provider",
                "/usage/breakdown?group_by=model,flow",
                "/usage/breakdown?group_by=environment"
            })
    void andIsAskedForNothingMore(String path) throws Exception {
        var response = shared.holder(shared.made(""), "/api/v1/shared" + path);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
    }

    @Test
    void andIsRefusedToWhoeverHasAnotherKey() throws Exception {
        for (String key : List.of(
                OpenDoor.KEY, OpenDoor.WRITE_KEY, OpenDoor.INGEST_KEY, OpenDoor.OTHER_KEY, OpenDoor.OPERATOR_KEY)) {
            assertThat(door.get("/api/v1/shared", "X-Api-Key", key).statusCode())
                    .isEqualTo(403);
        }
    }

    /** As a release has it that knows no customer of a key: the word it finds instead of a scope says nothing to it. */
    @Test
    void andNothingAtAllWhereNobodyKnowsWhoseItIs() throws Exception {
        var refused = new ArrayList<Integer>();
        String key = "a-link-without-its-customer";
        door.access.put(new ApiKey(
                "k1",
                KeyHash.of(key).hex(),
                "acme",
                "link",
                Set.of(ApiKey.OF_CUSTOMER),
                Optional.empty(),
                OpenDoor.NOW,
                Optional.of(OpenDoor.NOW.plusSeconds(60)),
                Optional.empty(),
                Optional.empty()));
        for (String path : List.of("/shared", "/usage", "/customers", "/customers/c1/usage", "/customers/c1")) {
            refused.add(door.get("/api/v1" + path, "X-Api-Key", key).statusCode());
        }
        assertThat(refused).containsOnly(403);
    }

    @Test
    void andWaitsUntilTheCustomersAreKnown() throws Exception {
        try (var starting = new OpenDoor(false)) {
            String key = "a-link-in-good-order";
            starting.access.put(ApiKey.link(
                    "k1",
                    KeyHash.of(key).hex(),
                    "acme",
                    "link",
                    Sample.id(1),
                    OpenDoor.NOW,
                    OpenDoor.NOW.plusSeconds(60)));
            assertThat(starting.get("/api/v1/shared", "X-Api-Key", key).statusCode())
                    .isEqualTo(503);
        }
    }
}
