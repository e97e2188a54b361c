package io.tidemark.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One operation of the document.
 *
 * @param method in upper case
 * @param path its template, without what stands before it
 * @param servers what may stand before the path, without a slash at their ends
 */
public record Operation(
        String id, String method, String path, List<String> servers, JsonNode node, ApiDescription api) {
    /** An operation that a test goes through may have any number of these. */
    public record Parameter(String name, String in, boolean required, Optional<String> names, JsonNode node) {}

    /** {@code /v1/customers/{id}} and so on, one for each server. */
    public List<String> templates() {
        return servers.stream().map(server -> server + path).toList();
    }

    /** The scope a key needs; empty where none is needed. */
    public Optional<String> scope() {
        JsonNode security = node.path("security");
        return security.isEmpty()
                ? Optional.empty()
                : Optional.of(security.get(0).elements().next().get(0).asText());
    }

    public List<Parameter> parameters() {
        var parameters = new ArrayList<Parameter>();
        for (JsonNode each : node.path("parameters")) {
            JsonNode parameter = api.resolved(each);
            parameters.add(new Parameter(
                    parameter.get("name").asText(),
                    parameter.get("in").asText(),
                    parameter.path("required").asBoolean(),
                    Optional.ofNullable(parameter.get("x-names")).map(JsonNode::asText),
                    parameter));
        }
        return List.copyOf(parameters);
    }

    /** The parameter that says whom or what it is about. */
    public Optional<Parameter> named() {
        return parameters().stream()
                .filter(parameter -> parameter.names().isPresent())
                .findFirst();
    }

    /** What a body is, by media type; nothing where none is taken. */
    public TreeMap<String, JsonNode> bodies() {
        var bodies = new TreeMap<String, JsonNode>();
        api.resolved(node.path("requestBody"))
                .path("content")
                .properties()
                .forEach(entry -> bodies.put(entry.getKey(), entry.getValue()));
        return bodies;
    }

    /** The field of its JSON body that says whom it is about; where there is one, its schema allows one way at a time to say so. */
    public Optional<String> namedInBody() {
        JsonNode media = bodies().get("application/json");
        JsonNode properties =
                media == null ? null : api.resolved(media.path("schema")).path("properties");
        return properties == null
                ? Optional.empty()
                : properties.properties().stream()
                        .filter(property -> property.getValue().has("x-names"))
                        .map(java.util.Map.Entry::getKey)
                        .findFirst();
    }

    public boolean needsBody() {
        return api.resolved(node.path("requestBody")).path("required").asBoolean();
    }

    public Set<String> statuses() {
        var statuses = new TreeSet<String>();
        node.get("responses").fieldNames().forEachRemaining(statuses::add);
        return statuses;
    }

    boolean takes(String asked) {
        return method.equals(asked) || (method.equals("GET") && asked.equals("HEAD"));
    }

    /** A segment in braces is any that is not empty; the others are told by what they are when decoded. */
    boolean fits(List<String> segments) {
        return templates().stream().anyMatch(template -> fits(List.of(template.split("/", -1)), segments));
    }

    private static boolean fits(List<String> template, List<String> segments) {
        if (template.size() != segments.size()) {
            return false;
        }
        for (int i = 0; i < template.size(); i++) {
            boolean any = template.get(i).startsWith("{");
            if (any ? segments.get(i).isEmpty() : !template.get(i).equals(decoded(segments.get(i)))) {
                return false;
            }
        }
        return true;
    }

    private static String decoded(String segment) {
        try {
            return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException broken) {
            return segment;
        }
    }

    /** How many of its segments may be anything: a fixed one goes before. */
    int openness() {
        return path.split("\\{", -1).length;
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
