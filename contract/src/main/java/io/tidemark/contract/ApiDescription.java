package io.tidemark.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The OpenAPI document, operation by operation. */
public final class ApiDescription {
    private static final Set<String> METHODS =
            Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode document;
    private final List<Operation> operations;

    public ApiDescription(JsonNode document) {
        this.document = document;
        this.operations = read();
    }

    /** The one on the class path. */
    public static ApiDescription ofClassPath() {
        return new ApiDescription(resource("/openapi.json"));
    }

    static JsonNode resource(String name) {
        try (InputStream in = ApiDescription.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("not on the class path: " + name);
            }
            return JSON.readTree(in);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    public JsonNode document() {
        return document;
    }

    public List<Operation> operations() {
        return operations;
    }

    public Operation operation(String id) {
        return operations.stream()
                .filter(operation -> operation.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no such operation: " + id));
    }

    /** The operation that a request means, as routes are found: a fixed segment goes before an open one. */
    public Optional<Operation> meant(String method, String path) {
        var segments = new ArrayList<>(List.of(path.split("/", -1)));
        if (segments.size() > 2 && segments.get(segments.size() - 1).isEmpty()) {
            segments.remove(segments.size() - 1);
        }
        return operations.stream()
                .filter(operation -> operation.takes(method) && operation.fits(segments))
                .min(Comparator.comparing(Operation::openness));
    }

    /** What a node stands for: itself, or what it refers to. */
    public JsonNode resolved(JsonNode node) {
        JsonNode reference = node.get("$ref");
        return reference == null
                ? node
                : resolved(document.at(reference.asText().substring(1)));
    }

    /** What is answered to a request that no operation takes, by status. */
    JsonNode elsewhere() {
        return document.at("/x-elsewhere/responses");
    }

    private List<Operation> read() {
        var read = new ArrayList<Operation>();
        document.get("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(entry -> {
                    if (METHODS.contains(entry.getKey())) {
                        read.add(new Operation(
                                entry.getValue().get("operationId").asText(),
                                entry.getKey().toUpperCase(Locale.ROOT),
                                path.getKey(),
                                servers(path.getValue()),
                                entry.getValue(),
                                this));
                    }
                }));
        return List.copyOf(read);
    }

    private List<String> servers(JsonNode path) {
        JsonNode servers = path.has("servers") ? path.get("servers") : document.get("servers");
        var urls = new ArrayList<String>();
        servers.forEach(server -> urls.add(server.get("url").asText().replaceFirst("/$", "")));
        return urls;
    }
}
