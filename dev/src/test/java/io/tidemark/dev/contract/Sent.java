package io.tidemark.dev.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.contract.Operation;
import java.util.Map;
import java.util.Set;

/**
 * What an operation is sent so that it succeeds: the first example of the document, with fresh values where it may not be sent twice.
 *
 * @param type empty where there is no body
 */
record Sent(String type, String body) {
    private static final Sent NOTHING = new Sent("", "");
    private static final Set<String> ONCE = Set.of("external_id", "email");

    /** Of operations that make what is called otherwise. */
    private static final Map<String, String> ONCE_TOO = Map.of("createTenant", "tenant");

    /** The ways a body names a customer; there may be one of them. */
    private static final Set<String> NAMES = Set.of("customer_id", "external_customer_id");

    static Sent to(Operation operation, Parties parties) {
        for (Map.Entry<String, JsonNode> media : operation.bodies().entrySet()) {
            JsonNode own = media.getValue().path("example");
            JsonNode examples =
                    operation.api().resolved(media.getValue().get("schema")).path("examples");
            JsonNode example = own.isMissingNode() ? examples.path(0) : own;
            if (!example.isMissingNode()) {
                return new Sent(media.getKey(), fresh(operation, example.deepCopy(), parties));
            }
        }
        if (operation.needsBody()) {
            throw new AssertionError(
                    operation.id() + " has no example: say what this is sent, in openapi.json or here");
        }
        return NOTHING;
    }

    private static String fresh(Operation operation, JsonNode body, Parties parties) {
        String name = parties.fresh();
        if (body instanceof ObjectNode object) {
            for (String field : ONCE) {
                if (object.has(field)) {
                    object.put(field, field.equals("email") ? name + "@example.com" : name);
                }
            }
            String own = ONCE_TOO.get(operation.id());
            if (own != null) {
                object.put(own, name);
            }
        }
        return body.toString();
    }

    /** The same about another customer. */
    Sent about(String field, String id, com.fasterxml.jackson.databind.ObjectMapper json) throws java.io.IOException {
        ObjectNode changed = (ObjectNode) json.readTree(body);
        changed.remove(NAMES);
        return new Sent(type, changed.put(field, id).toString());
    }

    byte[] bytes() {
        return body.getBytes(UTF_8);
    }
}
