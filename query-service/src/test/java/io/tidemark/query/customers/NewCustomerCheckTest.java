package io.tidemark.query.customers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.query.OpenDoor;
import io.tidemark.query.request.Fault;
import io.tidemark.streams.directory.Outcome;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class NewCustomerCheckTest {

    @Test
    void knowsTheFieldsThatAreDocumented() throws Exception {
        var document = new ObjectMapper().readTree(getClass().getResourceAsStream("/openapi.json"));
        Set<String> documented = new HashSet<>();
        document.at("/components/schemas/NewCustomer/properties").fieldNames().forEachRemaining(documented::add);
        var spellings = NewCustomerCheck.spellings();
        assertThat(spellings.keySet()).containsAll(documented);
        assertThat(documented).containsAll(spellings.values()).hasSizeGreaterThan(15);
        assertThat(spellings)
                .containsEntry("companyName", "name")
                .containsEntry("billingAddressLine1", "billing_address_line1");
    }

    @Test
    void saysWhatTheDoorSays() throws Exception {
        String wrong =
                "{\"external_id\":\"\",\"email\":\"x\",\"name\":\"n\",\"companyName\":\"n\",\"metadata\":{\"k\":1},\"age\":2}";
        assertThat(NewCustomerCheck.faults("{\"external_id\":\"a\",\"is_active\":true}"))
                .isEmpty();
        try (var door = new OpenDoor()) {
            door.directory.answers(new Outcome.Created(Sample.customer(1)));
            var answer =
                    door.send("POST", "/v1/customers", BodyPublishers.ofString(wrong), "X-Api-Key", OpenDoor.WRITE_KEY);
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(NewCustomerCheck.faults(wrong))
                    .hasSize(5)
                    .extracting(Fault::pointer)
                    .containsExactlyInAnyOrderElementsOf(
                            OpenDoor.json(answer).get("errors").findValuesAsText("pointer"));
        }
    }
}
