package io.tidemark.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What was answered, and to what.
 *
 * @param path as it was sent, without the query
 * @param headers by their names in lower case
 */
public record Reply(String method, String path, int status, Map<String, List<String>> headers, String body) {

    public Reply {
        Map<String, List<String>> lower = headers.entrySet().stream()
                .filter(header -> !header.getKey().startsWith(":"))
                .collect(Collectors.toMap(header -> header.getKey().toLowerCase(Locale.ROOT), Map.Entry::getValue));
        headers = new TreeMap<>(lower);
    }

    public static Reply of(HttpResponse<String> response) {
        return new Reply(
                response.request().method(),
                response.uri().getRawPath(),
                response.statusCode(),
                response.headers().map(),
                response.body());
    }

    /** The only value of a header. */
    public Optional<String> header(String name) {
        List<String> values = headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
        return values.size() == 1 ? Optional.of(values.get(0)) : Optional.empty();
    }

    /** Without its parameters; empty where there is none. */
    String mediaType() {
        return header("content-type")
                .map(type -> type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
                .orElse("");
    }

    @Override
    public String toString() {
        String shown =
                body.length() > 2000 ? body.substring(0, 2000) + "… (" + body.getBytes(UTF_8).length + ")" : body;
        return method + " " + path + "\n" + status + " " + headers + "\n" + shown;
    }
}
