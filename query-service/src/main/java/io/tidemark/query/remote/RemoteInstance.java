package io.tidemark.query.remote;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.tidemark.query.http.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The instance at an address, asked with a key. */
public final class RemoteInstance {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(30);

    private final URI url;
    private final String key;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();

    RemoteInstance(URI url, String key) {
        this.url = url;
        this.key = key;
    }

    public JsonNode get(String path) {
        return call("GET", path, Optional.empty());
    }

    public JsonNode post(String path, Map<String, ?> body) {
        return call("POST", path, Optional.of(body));
    }

    public void delete(String path) {
        call("DELETE", path, Optional.empty());
    }

    /** What was answered; nothing where there is no body. */
    private JsonNode call(String method, String path, Optional<Map<String, ?>> body) {
        var publisher = body.map(Json::write).map(BodyPublishers::ofString).orElse(BodyPublishers.noBody());
        var request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(ANSWER)
                .header("X-Api-Key", key)
                .method(method, publisher);
        body.ifPresent(sent -> request.header("Content-Type", "application/json"));
        HttpResponse<String> answer = send(request.build());
        JsonNode said = json(answer.body());
        if (answer.statusCode() / 100 != 2) {
            throw CallFailed.refused(answer.statusCode(), said);
        }
        return said;
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException unreachable) {
            throw new CallFailed(url + " cannot be reached: " + unreachable, unreachable);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CallFailed("interrupted", interrupted);
        }
    }

    /** Whatever else answers at the address may say anything. */
    private static JsonNode json(String body) {
        try {
            return body.isEmpty() ? MissingNode.getInstance() : JSON.readTree(body);
        } catch (JsonProcessingException noJson) {
            return MissingNode.getInstance();
        }
    }

    /** One segment of a path. */
    public static String encoded(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
