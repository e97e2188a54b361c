package io.tidemark.dev.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.dev.broker.EmbeddedBroker;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The registry as curl and clients in other languages see it: status, content type and the very JSON. */
@Timeout(240)
final class RestApiIT {
    private static final String CONFLUENT = "application/vnd.schemaregistry.v1+json";
    private static final String STRING = "{\"schema\":\"\\\"string\\\"\"}";
    private static final ObjectMapper JSON = new ObjectMapper();

    private static EmbeddedBroker broker;
    private static SchemaRegistryServer registry;
    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeAll
    static void open(@TempDir Path directory) throws Exception {
        broker = EmbeddedBroker.start(directory, 0);
        registry = SchemaRegistryServer.start(broker.bootstrapServers(), 0);
        var api = new RestApiIT();
        api.ask("POST", "/subjects/known/versions", STRING);
        api.ask("POST", "/subjects/a%2Fb%3Ac/versions", STRING);
    }

    @AfterAll
    static void close() {
        registry.close();
        broker.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/|{}",
                "/subjects|[\"a/b:c\",\"known\"]",
                "/subjects?subjectPrefix=a/|[\"a/b:c\"]",
                "/subjects/a%2Fb%3Ac/versions|[1]",
                "/subjects/known/versions/latest|{\"subject\":\"known\",\"version\":1,\"id\":1,\"schema\":\"\\\"string\\\"\"}",
                "/subjects/known/versions/-1/schema|\"string\"",
                "/schemas/types|[\"AVRO\"]",
                "/schemas/ids/1|{\"schema\":\"\\\"string\\\"\"}",
                "/schemas/ids/1/schema|\"string\"",
                "/schemas/ids/1/subjects|[\"a/b:c\",\"known\"]",
                "/schemas/ids/1/versions|[{\"subject\":\"a/b:c\",\"version\":1},{\"subject\":\"known\",\"version\":1}]",
                "/config|{\"compatibilityLevel\":\"BACKWARD\"}",
                "/config/known?defaultToGlobal=true|{\"compatibilityLevel\":\"BACKWARD\"}",
                "/mode|{\"mode\":\"READWRITE\"}",
                "/mode/known?defaultToGlobal=true|{\"mode\":\"READWRITE\"}",
            })
    void answersQuestionsAsDocumented(String path, String body) throws Exception {
        var answer = ask("GET", path, "");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(body);
        assertThat(answer.headers().firstValue("content-type"))
                .hasValueSatisfying(it -> assertThat(it).startsWith(CONFLUENT));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET|/subjects/none/versions||404|40401",
                "GET|/subjects/known/versions/2||404|40402",
                "GET|/subjects/known/versions/0||422|42202",
                "GET|/subjects/known/versions/x||422|42202",
                "GET|/schemas/ids/99||404|40403",
                "GET|/schemas/ids/x||400|400",
                "POST|/subjects/none|{\"schema\":\"\\\"int\\\"\"}|404|40401",
                "POST|/subjects/known|{\"schema\":\"\\\"int\\\"\"}|404|40403",
                "POST|/subjects/known/versions|{\"schema\":\"\\\"int\\\"\"}|409|409",
                "POST|/subjects/known/versions|{\"schema\":\"{\"}|422|42201",
                "POST|/subjects/known/versions|{}|422|42201",
                "POST|/subjects/known/versions|{\"schema\":\"x\",\"schemaType\":\"JSON\"}|422|42201",
                "POST|/subjects/known/versions|nonsense|400|400",
                "POST|/subjects/known/versions|null|400|400",
                "POST|/compatibility/subjects/none/versions/1|{\"schema\":\"\\\"int\\\"\"}|404|40401",
                "POST|/compatibility/subjects/known/versions/9|{\"schema\":\"\\\"int\\\"\"}|404|40402",
                "PUT|/config|{\"compatibility\":\"SIDEWAYS\"}|422|42203",
                "PUT|/config|{\"compatibility\":\"FULL\",\"normalize\":true}|422|42205",
                "PUT|/mode|{\"mode\":\"SOMEHOW\"}|422|42204",
                "GET|/config/known||404|40408",
                "GET|/mode/known||404|40409",
                "GET|/nowhere||404|404",
            })
    void refusesInConfluentsErrorJson(String method, String path, String body, int status, int code) throws Exception {
        var answer = ask(method, path, body == null ? "" : body);
        assertThat(answer.statusCode()).isEqualTo(status);
        var error = JSON.readTree(answer.body());
        assertThat(error.path("error_code").asInt()).isEqualTo(code);
        assertThat(error.path("message").asText()).isNotBlank();
    }

    @Test
    void saysWhatIsIncompatible() throws Exception {
        var path = "/compatibility/subjects/known/versions";
        var wrong = "{\"schema\":\"\\\"int\\\"\"}";
        assertThat(ask("POST", path, wrong).body()).isEqualTo("{\"is_compatible\":false}");
        assertThat(ask("POST", path + "/latest?verbose=true", wrong).body())
                .contains("\"is_compatible\":false", "TYPE_MISMATCH", "BACKWARD");
        assertThat(ask("POST", path + "/latest?verbose=true", STRING).body()).contains("\"is_compatible\":true");
        assertThat(ask("POST", "/compatibility/subjects/none/versions/latest", wrong)
                        .body())
                .isEqualTo("{\"is_compatible\":true}");
    }

    @Test
    void speaksPlainJsonToThoseWhoAskForIt() throws Exception {
        var request = request("GET", "/subjects", "").header("Accept", "application/json");
        var answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.headers().firstValue("content-type"))
                .hasValueSatisfying(it -> assertThat(it).startsWith("application/json"));
    }

    @Test
    void refusesBodiesThatAreTooLargeOrNotJson() throws Exception {
        var large = ask("POST", "/subjects/known/versions", STRING + " ".repeat(1 << 20));
        assertThat(large.statusCode()).isEqualTo(413);
        assertThat(large.body()).contains("\"error_code\":413");
        var form = request("POST", "/subjects/known/versions", STRING).setHeader("Content-Type", "text/plain");
        assertThat(http.send(form.build(), HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(415);
    }

    @Test
    void givesOneIdToEachSchemaWhenManyComeAtOnce() throws Exception {
        var requests = IntStream.range(0, 40).mapToObj(i -> {
            var body =
                    "{\"schema\":\"{\\\"type\\\":\\\"fixed\\\",\\\"name\\\":\\\"F\\\",\\\"size\\\":" + (i / 2) + "}\"}";
            return http.sendAsync(
                    request("POST", "/subjects/many" + i + "/versions", body).build(),
                    HttpResponse.BodyHandlers.ofString());
        });
        var ids = requests.toList().stream().map(it -> it.join().body()).toList();
        assertThat(List.copyOf(new HashSet<>(ids))).hasSize(20);
        for (int i = 0; i < 40; i += 2) {
            assertThat(ids.get(i)).isEqualTo(ids.get(i + 1));
        }
        for (int i = 0; i < 40; i++) {
            ask("DELETE", "/subjects/many" + i, "");
        }
    }

    private HttpResponse<String> ask(String method, String path, String body) throws Exception {
        return http.send(request(method, path, body).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(String method, String path, String body) {
        return HttpRequest.newBuilder(URI.create(registry.url() + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .header("Content-Type", CONFLUENT);
    }
}
