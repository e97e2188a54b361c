package io.tidemark.query.remote;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.tidemark.query.http.Json;
import io.tidemark.query.keys.KeyHash;
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
import java.util.regex.Pattern;

/** The instance at an address, asked with a key. */
public final class RemoteInstance {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");
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
        RemoteAnswer answer = called(method, path, body.map(Json::write));
        if (!answer.isGood()) {
            throw answer.failure();
        }
        return answer.body();
    }

    private RemoteAnswer called(String method, String path, Optional<String> json) {
        try {
            return send(method, path, json, Map.of());
        } catch (IOException unreachable) {
            throw unreachable(unreachable);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CallFailed("interrupted", interrupted);
        }
    }

    /** That nothing was answered, for those who are told so in the end. */
    public CallFailed unreachable(IOException why) {
        return new CallFailed(url + " cannot be reached: " + why, why);
    }

    /**
     * Asks once, and takes whatever is answered within half a minute. Any number of threads may at the same time.
     *
     * @param json the body; empty for none
     * @throws IOException when nothing is answered: what was asked for may be done or not
     */
    public RemoteAnswer send(String method, String path, Optional<String> json, Map<String, String> headers)
            throws IOException, InterruptedException {
        return send(method, path, json, headers, ANSWER);
    }

    /** The same of what takes its time; half a minute at least. */
    RemoteAnswer send(String method, String path, Optional<String> json, Map<String, String> headers, Duration atMost)
            throws IOException, InterruptedException {
        var publisher = json.map(BodyPublishers::ofString).orElse(BodyPublishers.noBody());
        var request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(atMost.compareTo(ANSWER) > 0 ? atMost : ANSWER)
                .header("X-Api-Key", key)
                .method(method, publisher);
        json.ifPresent(sent -> request.header("Content-Type", "application/json"));
        headers.forEach(request::header);
        HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        Optional<Duration> retryAfter = answer.headers()
                .firstValue("Retry-After")
                .filter(text -> SECONDS.matcher(text).matches())
                .map(text -> Duration.ofSeconds(Long.parseLong(text)));
        return new RemoteAnswer(answer.statusCode(), json(answer.body()), retryAfter);
    }

    public URI url() {
        return url;
    }

    /** Tells one key from another, and the key to nobody. */
    public String keyHash() {
        return KeyHash.of(key).hex().substring(0, 16);
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
