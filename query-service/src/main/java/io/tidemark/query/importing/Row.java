package io.tidemark.query.importing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * One row of a file.
 *
 * @param number counted from 1, rows alone
 * @param line on which it begins
 * @param hash of all rows up to and with this one
 * @param content what it says: an object to be sent, or what is shown of a row that is none
 * @param faults why it cannot be sent; empty where it can
 * @param mergesMetadata whether it gives single keys of the metadata, and not all of it
 */
record Row(long number, long line, String hash, JsonNode content, List<RowFault> faults, boolean mergesMetadata) {

    Row {
        faults = List.copyOf(faults);
    }

    Optional<String> externalId() {
        return text("external_id").or(() -> text("externalId"));
    }

    /** What it must not meet another row over: rows of one customer, or of one address, are done one after the other. */
    Set<String> claims() {
        var claims = new LinkedHashSet<String>();
        externalId().ifPresent(id -> claims.add("id:" + id));
        text("email").ifPresent(email -> claims.add("email:" + email.toLowerCase(Locale.ROOT)));
        return claims;
    }

    private Optional<String> text(String field) {
        return Optional.of(content.path(field)).filter(JsonNode::isTextual).map(JsonNode::textValue);
    }

    /** The body that makes the customer. */
    String toCreate() {
        return content.toString();
    }

    /**
     * The body that changes the customer.
     *
     * @param metadata what it has
     */
    String toUpdate(JsonNode metadata) {
        ObjectNode changes = content.deepCopy();
        changes.remove(List.of("external_id", "externalId"));
        JsonNode given = changes.path("metadata");
        if (mergesMetadata && given instanceof ObjectNode keys && metadata instanceof ObjectNode known) {
            changes.set("metadata", known.deepCopy().setAll(keys));
        }
        return changes.toString();
    }
}
