package io.tidemark.query.customers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.query.OpenDoor;
import java.net.http.HttpResponse;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CustomerListTest {
    private final OpenDoor door = new OpenDoor();

    @BeforeEach
    void fill() {
        for (int number = 1; number <= 5; number++) {
            door.customers.put(Sample.customer(number));
        }
        door.customers.put(Sample.deleted(6));
        door.customers.put(Sample.customer("globex", 7, "theirs", Optional.empty()));
    }

    @AfterEach
    void close() {
        door.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "per_page=100 c5,c4,c3,c2,c1",
                "sort_by=external_id c1,c2,c3,c4,c5",
                "sort_by=last_seen_at c1,c2,c3,c4,c5",
                "sort_by=name&sort_dir=desc&page_size=2&page=2 c3,c2",
                "search=NAME+3 c3",
                "search= c5,c4,c3,c2,c1",
                "email=4%40EXA c4",
                "external_id=c2&search=n c2",
                "page=7 ''"
            })
    void isSortedAndFiltered(String query, String ids) throws Exception {
        var response = door.get("/v1/customers?" + query);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(String.join(",", OpenDoor.json(response).get("data").findValuesAsText("external_id")))
                .isEqualTo(ids);
    }

    @Test
    void saysWhereItIsAndWhereToGo() throws Exception {
        var response = door.get("/api/v1/apps/acme/customers?per_page=2&search=n%20%26+&page=2&sort_by=name");
        assertThat(OpenDoor.json(response).get("meta").toString())
                .isEqualTo("{\"total\":0,\"page\":2,\"per_page\":2,\"total_pages\":0}");
        assertThat(link(response))
                .isEqualTo("</api/v1/apps/acme/customers?page=1&per_page=2&search=n+%26+&sort_by=name>; rel=\"first\", "
                        + "</api/v1/apps/acme/customers?page=1&per_page=2&search=n+%26+&sort_by=name>; rel=\"prev\", "
                        + "</api/v1/apps/acme/customers?page=1&per_page=2&search=n+%26+&sort_by=name>; rel=\"last\"");
        var middle = door.get("/v1/customers?page_size=2&page=2");
        assertThat(OpenDoor.json(middle).get("meta").toString())
                .isEqualTo("{\"total\":5,\"page\":2,\"per_page\":2,\"total_pages\":3}");
        assertThat(link(middle))
                .contains("</v1/customers?page=3&page_size=2>; rel=\"next\"", "page=1&page_size=2>; rel=\"prev\"");
        assertThat(link(door.get("/v1/customers"))).doesNotContain("next", "prev");
    }

    private static String link(HttpResponse<String> response) {
        return response.headers().firstValue("Link").orElse("");
    }

    @Test
    void isRefusedWithEveryFaultAtOnce() throws Exception {
        var response =
                door.get("/v1/customers?page=0&per_page=101&page_size=1&sort_by=x&sort_dir=up&external_id=%07&q=1");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(OpenDoor.json(response).get("errors").findValuesAsText("parameter"))
                .containsExactlyInAnyOrder("page", "page_size", "sort_by", "sort_dir", "external_id", "q");
    }

    @ParameterizedTest
    @ValueSource(strings = {"page=1.5", "page=", "page=-1", "page=99999999999", "per_page=0", "per_page=101"})
    void takesOnlyNumbersThatCanBe(String query) throws Exception {
        assertThat(door.get("/v1/customers?" + query).statusCode()).isEqualTo(400);
    }

    @Test
    void isForKeysThatMayRead() throws Exception {
        assertThat(door.get("/v1/customers", "X-Api-Key", OpenDoor.INGEST_KEY).statusCode())
                .isEqualTo(403);
        JsonNode theirs = OpenDoor.json(door.get("/v1/customers", "X-Api-Key", OpenDoor.OTHER_KEY));
        assertThat(theirs.get("data").findValuesAsText("external_id")).containsExactly("theirs");
    }
}
