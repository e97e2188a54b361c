package io.tidemark.query.customers;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.query.FakeDirectory;
import io.tidemark.query.OpenDoor;
import io.tidemark.streams.directory.Command;
import io.tidemark.streams.directory.Customer;
import io.tidemark.streams.directory.Details.Detail;
import io.tidemark.streams.directory.Outcome;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CustomerChangesTest {
    private static final Customer ONE = Sample.customer(1);

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
    void makesACustomerOfEveryField() throws Exception {
        door.directory.answers(new Outcome.Created(ONE));
        var response = send("POST", "/api/v1/customers", """
                {"externalId":"c 1","company_name":"Acme","email":"Ann@Example.com","phone":"+1 2",
                 "billing_address_line1":"1 Long Street","billingAddressCity":"Springfield","currency":"NPR",
                 "timezone":"Asia/Kathmandu","country_code":"NP","locale":"ne-NP","metadata":{"Plan":"pro"},
                 "isActive":false}""");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        assertThat(response.headers().firstValue("Location")).hasValue("/api/v1/customers/" + ONE.id());
        assertThat(response.headers().firstValue("ETag")).hasValue("\"3\"");
        assertThat(OpenDoor.json(response).get("external_id").asText()).isEqualTo("c1");
        var sent = (Command.Create) sent();
        assertThat(sent.tenant()).isEqualTo("acme");
        assertThat(sent.externalId()).isEqualTo("c 1");
        assertThat(sent.active()).isFalse();
        assertThat(sent.id().version()).isEqualTo(7);
        assertThat(sent.details().metadata()).isEqualTo(Map.of("Plan", "pro"));
        assertThat(sent.details().texts())
                .hasSize(9)
                .containsEntry(Detail.NAME, "Acme")
                .containsEntry(Detail.EMAIL, "Ann@Example.com")
                .containsEntry(Detail.BILLING_ADDRESS_CITY, "Springfield");
    }

    @Test
    void takesTheUuidWhereNoExternalIdIsGiven() throws Exception {
        send("POST", "/v1/customers", "{}");
        var sent = (Command.Create) sent();
        assertThat(sent.externalId()).isEqualTo(sent.id().toString());
    }

    @Test
    void namesTheSameCommandByTheSameKeyOfTheSameTenant() throws Exception {
        send("POST", "/v1/customers", "{}", "Idempotency-Key", "k 1");
        send("POST", "/v1/customers", "{}", "Idempotency-Key", "k 1");
        send("POST", "/v1/customers", "{}", "Idempotency-Key", "k 2");
        send("POST", "/v1/customers", "{}");
        var ids = door.directory.sent.stream().map(Command.Awaited::commandId).toList();
        assertThat(ids.get(0)).isEqualTo(ids.get(1)).isEqualTo(CommandId.of("acme", "k 1"));
        assertThat(List.of(ids.get(0), ids.get(2), ids.get(3), CommandId.of("globex", "k 1")))
                .doesNotHaveDuplicates();
        assertThat(ids.get(0).version()).isEqualTo(8);
        assertThat(send("POST", "/v1/customers", "{}", "Idempotency-Key", "k".repeat(256))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void tellsWhatWasAskedUnderAKeyFromWhatIsAskedNow() throws Exception {
        send("POST", "/v1/customers", "{\"name\":\"Ann\",\"external_id\":\"c\"}", "Idempotency-Key", "k");
        send("POST", "/v1/customers", "{ \"externalId\": \"c\", \"display_name\": \"Ann\" }", "Idempotency-Key", "k");
        send("POST", "/v1/customers", "{\"name\":\"Bob\",\"external_id\":\"c\"}", "Idempotency-Key", "k");
        var contents =
                door.directory.sent.stream().map(Command.Awaited::content).toList();
        assertThat(contents.get(0)).isEqualTo(contents.get(1)).isNotEqualTo(contents.get(2));
        door.directory.answers(new Outcome.Reused());
        assertThat(send("POST", "/v1/customers", "{}", "Idempotency-Key", "k").statusCode())
                .isEqualTo(422);
    }

    @Test
    void refusesWithEveryFaultAtOnce() throws Exception {
        var response = send("POST", "/v1/customers", """
                {"external_id":"","name":"%s","email":"ann@","phone":1,"currency":"usd","timezone":"Mars/Base",
                 "country_code":"XX","locale":"_","metadata":{"k":1},"is_active":"yes","other":1}""".formatted("x".repeat(257)));
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(OpenDoor.json(response).get("errors").findValuesAsText("pointer"))
                .containsExactlyInAnyOrder(
                        "/external_id",
                        "/name",
                        "/email",
                        "/phone",
                        "/currency",
                        "/timezone",
                        "/country_code",
                        "/locale",
                        "/metadata/k",
                        "/is_active",
                        "/other");
        assertThat(door.directory.sent).isEmpty();
    }

    @Test
    void saysWhatIsTakenAndNotByWhom() throws Exception {
        door.directory.answers(new Outcome.Taken(List.of(Outcome.Unique.EMAIL), ONE));
        var response = send("POST", "/v1/customers", "{\"email\":\"n1@example.com\"}");
        assertThat(response.statusCode()).isEqualTo(409);
        assertThat(OpenDoor.json(response).at("/errors/0/pointer").asText()).isEqualTo("/email");
        assertThat(OpenDoor.withoutRequestId(response))
                .doesNotContain("c1", ONE.id().toString(), "Name 1");
    }

    @ParameterizedTest
    @CsvSource({"PUT, c1", "PATCH, 0198a7c0-0000-7000-8000-000000000001"})
    void changesWhatIsGiven(String method, String id) throws Exception {
        door.directory.answers(new Outcome.Updated(ONE));
        var response = send(method, "/v1/customers/" + id, "{\"isActive\":false,\"name\":null}", "If-Match", "\"3\"");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.headers().firstValue("ETag")).hasValue("\"3\"");
        var sent = (Command.Update) sent();
        assertThat(sent.externalId()).isEqualTo("c1");
        assertThat(sent.ifVersion()).isEqualTo(OptionalLong.of(3));
        assertThat(sent.active()).isFalse();
        assertThat(sent.details().texts()).isEmpty();
        assertThat(sent.details().metadata()).isNull();
    }

    @Test
    void refusesAChangeToWhatHasChanged() throws Exception {
        door.directory.answers(new Outcome.Stale(ONE));
        var response = send("PATCH", "/v1/customers/c1", "{}", "If-Match", "\"2\"");
        assertThat(response.statusCode()).isEqualTo(412);
        assertThat(response.headers().firstValue("ETag")).hasValue("\"3\"");
        assertThat(OpenDoor.json(response).get("type").asText()).endsWith(":precondition_failed");
        assertThat(send("PATCH", "/v1/customers/c1", "{}", "If-Match", "W/\"2\"")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void deletes() throws Exception {
        door.directory.answers(new Outcome.Deleted(ONE));
        var response = send("DELETE", "/v1/customers/c1", "");
        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(response.body()).isEmpty();
        assertThat(((Command.Delete) sent()).ifVersion()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"c1", "c2", "0198a7c0-0000-7000-8000-000000000002"})
    void erasesAlsoWhatIsDeleted(String id) throws Exception {
        door.directory.answers(new Outcome.Erased(Sample.called(3, "erased-1")));
        var response = send("DELETE", "/v1/customers/" + id + "?erase=true&cascade=false", "", "If-Match", "\"3\"");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(OpenDoor.json(response).get("external_id").asText()).isEqualTo("erased-1");
        assertThat(response.headers().firstValue("Tidemark-Position")).isPresent();
        var sent = (Command.Erase) sent();
        assertThat(sent.externalId()).isEqualTo(id.startsWith("c") ? id : "c2");
        assertThat(sent.ifVersion()).isEqualTo(OptionalLong.of(3));
    }

    @Test
    void erasesNothingByMistake() throws Exception {
        for (String wrong : List.of("?erase=yes", "?erase", "?erase=true&erase=false", "?cascade=all", "?hard=true")) {
            assertThat(send("DELETE", "/v1/customers/c1" + wrong, "").statusCode())
                    .as(wrong)
                    .isEqualTo(400);
        }
        assertThat(send("DELETE", "/v1/customers/nobody?erase=true", "").statusCode())
                .isEqualTo(404);
        assertThat(door.directory.sent).isEmpty();
        send("DELETE", "/v1/customers/c1?erase=false&cascade=true", "");
        assertThat(sent()).isInstanceOf(Command.Delete.class);
    }

    @ParameterizedTest
    @CsvSource({"DELETE, c2", "PATCH, c2", "PUT, nobody", "DELETE, nobody"})
    void doesNotTouchWhatIsNotThere(String method, String id) throws Exception {
        assertThat(send(method, "/v1/customers/" + id, method.equals("DELETE") ? "" : "{}")
                        .statusCode())
                .isEqualTo(404);
        assertThat(door.directory.sent).isEmpty();
        door.directory.answers(new Outcome.NotFound());
        assertThat(send("DELETE", "/v1/customers/c1", "").statusCode()).isEqualTo(404);
    }

    @Test
    void saysThatItDoesNotKnowWhenNoAnswerCame() throws Exception {
        var response = send("POST", "/v1/customers", "{}");
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).isPresent();
    }

    @Test
    void isForKeysThatMayWrite() throws Exception {
        var response = door.send("POST", "/v1/customers", BodyPublishers.ofString("{}"), "X-Api-Key", OpenDoor.KEY);
        assertThat(response.statusCode()).isEqualTo(403);
    }

    @Test
    void fillsInWhatTheTenantSaysOfNewCustomers() throws Exception {
        NewCustomers defaults = tenant -> Map.of(Detail.CURRENCY, "EUR", Detail.TIMEZONE, "Europe/Berlin");
        var given = Sample.customer(1).details().with(Detail.CURRENCY, "USD");
        assertThat(defaults.filledIn("acme", given).texts())
                .containsEntry(Detail.CURRENCY, "USD")
                .containsEntry(Detail.TIMEZONE, "Europe/Berlin");
    }

    @ParameterizedTest
    @CsvSource({
        "c%3A1%2F2, c:1/2",
        "userId:companionId, userId:companionId",
        "a%20b%25c, a b%c",
        "a+b, a+b",
        "%E6%97%A5%E6%9C%AC-%C3%A9, 日本-é"
    })
    void takeAnExternalIdOfAnyLettersInEitherForm(String encoded, String id) throws Exception {
        Customer odd = Sample.called(7, id);
        door.customers.put(odd);
        for (String path : List.of("/api/v1/customer-by-external-id/" + encoded, "/v1/customers/" + encoded)) {
            door.directory.answers(new Outcome.Updated(odd));
            assertThat(send("PUT", path, "{\"name\":\"n\"}").statusCode()).isEqualTo(200);
            assertThat(send("PATCH", path, "{\"name\":\"n\"}").statusCode()).isEqualTo(200);
            door.directory.answers(new Outcome.Created(ONE));
            assertThat(send("POST", path + "/clone", "{}").statusCode()).isEqualTo(201);
            door.directory.answers(new Outcome.Deleted(odd));
            assertThat(send("DELETE", path, "").statusCode()).isEqualTo(204);
        }
        assertThat(door.directory.sent)
                .filteredOn(command -> !(command instanceof Command.Create))
                .hasSize(6)
                .allSatisfy(command -> assertThat(command.externalId()).isEqualTo(id));
        assertThat(send("PATCH", "/v1/customer-by-external-id/" + odd.id(), "{}")
                        .statusCode())
                .as("our UUID is no external id")
                .isEqualTo(404);
    }

    @Test
    void saysFromWhichPositionOnAChangeIsSeen() throws Exception {
        door.directory.answers(new Outcome.Updated(ONE));
        var changed = send("PATCH", "/v1/customers/c1", "{}");
        assertThat(changed.headers().firstValue("Tidemark-Position")).hasValue(FakeDirectory.POSITION);
        assertThat(OpenDoor.json(changed).get("position").asText()).isEqualTo(FakeDirectory.POSITION);
        door.directory.answers(new Outcome.Deleted(ONE));
        assertThat(send("DELETE", "/v1/customers/c1", "").headers().firstValue("Tidemark-Position"))
                .hasValue(FakeDirectory.POSITION);
        door.directory.answers(new Outcome.Stale(ONE));
        assertThat(send("DELETE", "/v1/customers/c1", "").headers().firstValue("Tidemark-Position"))
                .isEmpty();
        assertThat(OpenDoor.json(door.get("/v1/customers/c1")).has("position")).isFalse();
    }

    private Command.Awaited sent() {
        assertThat(door.directory.sent).hasSize(1);
        return door.directory.sent.get(0);
    }

    private HttpResponse<String> send(String method, String path, String body, String... headers) throws Exception {
        var all = new ArrayList<>(List.of("X-Api-Key", OpenDoor.WRITE_KEY));
        all.addAll(List.of(headers));
        var publisher = body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
        return door.send(method, path, publisher, all.toArray(String[]::new));
    }
}
