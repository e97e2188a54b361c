package io.tidemark.query.customers;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.query.FakeDirectory;
import io.tidemark.query.OpenDoor;
import io.tidemark.streams.directory.Command;
import io.tidemark.streams.directory.Customer;
import io.tidemark.streams.directory.Details.Detail;
import io.tidemark.streams.directory.Outcome;
import io.tidemark.streams.directory.Outcome.Unique;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CustomerCreationTest {
    private static final Customer ONE = Sample.customer(
            "acme", 1, "c1", Optional.empty(), Map.of(Detail.CURRENCY, "NPR", Detail.TIMEZONE, "Asia/Kathmandu"));
    private static final String GET = "/api/v1/apps/acme/customers/get-or-create";

    private final OpenDoor door = new OpenDoor();

    @BeforeEach
    void fill() {
        door.customers.put(ONE);
        door.customers.put(Sample.deleted(2));
    }

    @AfterEach
    void close() {
        door.close();
    }

    @Test
    void getsWhatIsThere() throws Exception {
        door.directory.answers(new Outcome.Found(ONE));
        var found = send(GET, "{\"external_id\":\"c1\",\"name\":\"Other\"}");
        assertThat(found.statusCode()).as(found.body()).isEqualTo(200);
        assertThat(found.headers().firstValue("Location")).isEmpty();
        assertThat(found.headers().firstValue("ETag")).hasValue("\"3\"");
        assertThat(OpenDoor.json(found).get("name").asText()).isEqualTo("Name 1");
        assertThat(OpenDoor.json(found).get("position").asText()).isEqualTo(FakeDirectory.POSITION);
        var sent = (Command.GetOrCreate) sent(0);
        assertThat(sent.by()).isEqualTo(Unique.EXTERNAL_ID);
        assertThat(sent.externalId()).isEqualTo("c1");
    }

    @Test
    void makesWhatIsNot() throws Exception {
        door.directory.answers(new Outcome.Created(ONE));
        var made = send(GET, "{\"email\":\"ann@example.com\",\"metadata\":{\"plan\":\"pro\"}}");
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        assertThat(made.headers().firstValue("Location")).hasValue("/api/v1/apps/acme/customers/" + ONE.id());
        var sent = (Command.GetOrCreate) sent(0);
        assertThat(sent.by()).isEqualTo(Unique.EMAIL);
        assertThat(sent.externalId()).isEqualTo(sent.wish().id().toString());
    }

    @Test
    void needsToKnowWhom() throws Exception {
        var response = send(GET, "{\"name\":\"Ann\"}");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(OpenDoor.json(response).at("/errors/0/pointer").asText()).isEqualTo("/email");
        door.directory.answers(new Outcome.Taken(List.of(Unique.EMAIL), ONE));
        assertThat(send(GET, "{\"external_id\":\"c9\",\"email\":\"n1@example.com\"}")
                        .statusCode())
                .isEqualTo(409);
    }

    @Test
    void tellsTheSameKeyOfAnotherOperationApart() throws Exception {
        String body = "{\"external_id\":\"c9\"}";
        send(GET, body, "Idempotency-Key", "k");
        send(GET, body, "Idempotency-Key", "k");
        send("/v1/customers", body, "Idempotency-Key", "k");
        send("/v1/customers/c1/clone", body, "Idempotency-Key", "k");
        assertThat(door.directory.sent).extracting(Command.Awaited::commandId).containsOnly(CommandId.of("acme", "k"));
        var contents =
                door.directory.sent.stream().map(Command.Awaited::content).toList();
        assertThat(contents.get(0)).isEqualTo(contents.get(1));
        assertThat(List.of(contents.get(0), contents.get(2), contents.get(3))).doesNotHaveDuplicates();
    }

    @Test
    void saysEverythingThatIsTakenAtOnce() throws Exception {
        door.directory.answers(new Outcome.Taken(List.of(Unique.EXTERNAL_ID, Unique.EMAIL), ONE));
        var response = send("/v1/customers", "{\"external_id\":\"c1\",\"email\":\"n1@example.com\"}");
        assertThat(response.statusCode()).isEqualTo(409);
        assertThat(OpenDoor.json(response).get("errors").findValuesAsText("pointer"))
                .containsExactly("/external_id", "/email");
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/customers/c1/clone, /api/v1",
        "/v1/customer-by-external-id/c1/clone, /v1",
        "/api/v1/customers/0198a7c0-0000-7000-8000-000000000001/clone, /api/v1"
    })
    void clonesHowACustomerIsSetUpAndNotWhoItIs(String path, String prefix) throws Exception {
        door.directory.answers(new Outcome.Created(ONE));
        var made =
                send(path, "{\"company_name\":\"New\",\"source_customer_id\":\"" + ONE.id() + "\",\"locale\":\"de\"}");
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        assertThat(made.headers().firstValue("Location")).hasValue(prefix + "/customers/" + ONE.id());
        var sent = (Command.Create) sent(0);
        assertThat(sent.externalId()).isEqualTo(sent.id().toString());
        assertThat(sent.active()).isEqualTo(ONE.active());
        assertThat(sent.details().texts())
                .isEqualTo(Map.of(
                        Detail.NAME, "New",
                        Detail.LOCALE, "de",
                        Detail.CURRENCY, "NPR",
                        Detail.TIMEZONE, "Asia/Kathmandu"));
        assertThat(sent.details().metadata())
                .isEqualTo(ONE.details().metadata())
                .isNotEmpty();
        send(path, "{\"external_id\":\"new\",\"metadata\":{},\"is_active\":false}");
        var other = (Command.Create) sent(1);
        assertThat(other.externalId()).isEqualTo("new");
        assertThat(other.active()).isFalse();
        assertThat(other.details().metadata()).isEmpty();
    }

    @Test
    void clonesNobodyElse() throws Exception {
        var other = send("/v1/customers/c1/clone", "{\"source_customer_id\":\"c2\"}");
        assertThat(other.statusCode()).isEqualTo(400);
        assertThat(OpenDoor.json(other).at("/errors/0/pointer").asText()).isEqualTo("/source_customer_id");
        assertThat(send("/v1/customers/c2/clone", "{}").statusCode()).isEqualTo(404);
        assertThat(send("/v1/customers/nobody/clone", "{}").statusCode()).isEqualTo(404);
        assertThat(door.directory.sent).isEmpty();
    }

    @Test
    void takesMetadataUpToItsLimits() throws Exception {
        String most = entries(50, "k".repeat(497), "v".repeat(500));
        assertThat(send("/v1/customers", "{\"metadata\":{" + most + "}}").statusCode())
                .isEqualTo(503);
        assertThat(send("/v1/customers", "{\"metadata\":{" + entries(51, "k", "v") + "}}")
                        .statusCode())
                .isEqualTo(400);
        for (String wrong : List.of(
                "\"k\":\"" + "v".repeat(501) + "\"",
                "\"" + "k".repeat(501) + "\":\"v\"",
                "\"k\":{}",
                "\"k\\u0000\":\"v\"")) {
            assertThat(send("/v1/customers", "{\"metadata\":{" + wrong + "}}").statusCode())
                    .as(wrong)
                    .isEqualTo(400);
        }
        assertThat(door.directory.sent).hasSize(1);
    }

    private static String entries(int number, String key, String value) {
        var entries = new ArrayList<String>();
        for (int i = 100; i < 100 + number; i++) {
            entries.add("\"" + key + i + "\":\"" + value + "\"");
        }
        return String.join(",", entries);
    }

    private Command.Awaited sent(int number) {
        return door.directory.sent.get(number);
    }

    private HttpResponse<String> send(String path, String body, String... headers) throws Exception {
        var all = new ArrayList<>(List.of("X-Api-Key", OpenDoor.WRITE_KEY));
        all.addAll(List.of(headers));
        return door.send("POST", path, BodyPublishers.ofString(body), all.toArray(String[]::new));
    }
}
