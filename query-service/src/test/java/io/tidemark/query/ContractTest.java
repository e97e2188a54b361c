package io.tidemark.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.contract.ApiDescription;
import io.tidemark.contract.Contract;
import io.tidemark.contract.Operation;
import io.tidemark.contract.Reply;
import io.tidemark.contract.Validity;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The description of the API is what it should be, and what holds replies to it can fail. */
final class ContractTest {
    private static final String WELL = "{\"status\":\"alive\",\"reasons\":[]}";
    private static final Map<String, List<String>> HEADERS =
            Map.of("Content-Type", List.of("application/json"), "X-Request-Id", List.of("r-1"));

    private final Contract contract = Contract.ofClassPath();

    @Test
    void isOpenApiWithSchemasThatAreSchemasAndExamplesThatAreExamples() {
        assertThat(new Validity(contract.api()).complaints()).isEmpty();
    }

    @Test
    void isRefusedWhereItIsNone() {
        assertThat(broken("/paths/~1customers/get", "tags")).isNotEmpty();
        assertThat(broken("/components/schemas/Money", "type")).isNotEmpty();
        assertThat(broken("/components/schemas/Customer/examples/0", "id")).isNotEmpty();
        assertThat(broken("/components/parameters/period", "example")).isEmpty();
    }

    private List<String> broken(String at, String field) {
        var broken = contract.api().document().deepCopy();
        ((ObjectNode) broken.at(at)).put(field, "something else");
        return new Validity(new ApiDescription(broken)).complaints();
    }

    @Test
    void namesEveryOperationOnceAndItsScope() {
        var ids = new HashSet<String>();
        for (Operation operation : contract.api().operations()) {
            assertThat(ids.add(operation.id())).as(operation.id()).isTrue();
            assertThat(operation.node().get("tags")).as(operation.id()).hasSize(1);
            boolean open = operation.node().get("tags").get(0).asText().equals("Operations");
            assertThat(operation.scope().isEmpty()).as(operation.id()).isEqualTo(open);
        }
    }

    @Test
    void letsPassWhatIsDocumented() {
        assertThat(complaints(200, HEADERS, WELL)).isEmpty();
    }

    @Test
    void seesAFieldThatIsWrongOneThatIsMissingAndOneTooMuch() {
        assertThat(complaints(200, HEADERS, "{\"status\":\"fine\",\"reasons\":[]}"))
                .hasSize(1);
        assertThat(complaints(200, HEADERS, "{\"status\":\"alive\"}")).hasSize(1);
        assertThat(complaints(200, HEADERS, "{\"status\":\"alive\",\"reasons\":[],\"more\":1}"))
                .hasSize(1);
        assertThat(complaints(200, HEADERS, "{\"status\":\"alive\",\"status\":\"alive\",\"reasons\":[]}"))
                .hasSize(1);
    }

    @Test
    void seesAStatusThatIsNotDocumented() {
        assertThat(complaints(418, HEADERS, WELL)).hasSize(1);
        assertThat(contract.complaints(new Reply("GET", "/nowhere", 200, HEADERS, WELL)))
                .hasSize(1);
    }

    @Test
    void seesHeadersAndContentTypesThatAreNotAsDocumented() {
        assertThat(complaints(200, with("X-Request-Id", "has a space"), WELL)).hasSize(1);
        assertThat(complaints(200, with("Server", "of some make"), WELL)).hasSize(1);
        assertThat(complaints(200, with("Content-Type", "text/html"), WELL)).hasSize(1);
        assertThat(complaints(200, Map.of("Content-Type", List.of("application/json")), WELL))
                .hasSize(1);
    }

    @Test
    void seesAProblemOfAnotherStatus() {
        String problem = "{\"type\":\"urn:tidemark:problem:conflict\",\"title\":\"t\",\"status\":404,\"detail\":\"d\","
                + "\"instance\":\"/api/v1/customers\",\"request_id\":\"r-1\"}";
        var headers = with("Content-Type", "application/problem+json");
        assertThat(contract.complaints(new Reply("GET", "/api/v1/customers", 404, headers, problem)))
                .hasSize(1);
    }

    @Test
    void failsTheTestThatSeesIt() {
        assertThatThrownBy(() -> contract.hold(new Reply("GET", "/health/live", 418, HEADERS, WELL)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("418");
    }

    private List<String> complaints(int status, Map<String, List<String>> headers, String body) {
        return contract.complaints(new Reply("GET", "/health/live", status, headers, body));
    }

    private static Map<String, List<String>> with(String header, String value) {
        var headers = new HashMap<>(HEADERS);
        headers.put(header, List.of(value));
        return headers;
    }
}
