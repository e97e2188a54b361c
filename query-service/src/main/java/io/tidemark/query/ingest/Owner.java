package io.tidemark.query.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.query.customers.Customers;
import io.tidemark.query.request.ExternalId;
import io.tidemark.query.request.FieldName;
import io.tidemark.streams.directory.Customer;
import io.tidemark.streams.event.EventKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whose event it is. The header goes before all. Of a request: {@code customer_id} or {@code external_customer_id}, else {@code
 * user}. Of usage: exactly one of {@code customer_id}, which is our UUID there, and {@code external_customer_id}.
 */
final class Owner {
    private static final String FIELD = "external_customer_id";
    private static final Set<String> BY_ID = FieldName.spellings("customer_id");
    private static final Set<String> BY_EXTERNAL_ID = FieldName.spellings(FIELD, "customer_external_id");
    private static final String USER = "user";

    private final Customers customers;

    Owner(Customers customers) {
        this.customers = customers;
    }

    boolean isName(EventKind kind, String name) {
        boolean user = kind == EventKind.REQUEST && name.equals(USER);
        return user || BY_ID.contains(name) || BY_EXTERNAL_ID.contains(name);
    }

    private record Named(String pointer, boolean byId, JsonNode value) {}

    /** Sets the event's customer, or notes why it has none. */
    void find(Incoming event, ObjectNode object, Sent sent) {
        List<Named> named = named(event, object);
        if (sent.customer().isPresent()) {
            event.put(FIELD, sent.customer().get(), event.pointer());
            return;
        }
        named.stream().skip(1).forEach(more -> event.fault(more.pointer(), "names the customer once more"));
        if (!named.isEmpty()) {
            take(event, named.get(0), sent.tenant());
        } else if (event.kind() == EventKind.REQUEST && object.hasNonNull(USER)) {
            take(event, new Named(event.pointer() + "/user", false, object.get(USER)), sent.tenant());
        } else {
            event.fault(
                    event.pointerOf(FIELD),
                    "is needed, or customer_id" + (event.kind() == EventKind.REQUEST ? ", or user" : ""));
        }
    }

    private static List<Named> named(Incoming event, ObjectNode object) {
        var named = new ArrayList<Named>();
        object.properties().forEach(entry -> {
            boolean byId = BY_ID.contains(entry.getKey());
            if (!entry.getValue().isNull() && (byId || BY_EXTERNAL_ID.contains(entry.getKey()))) {
                named.add(new Named(event.pointer() + FieldName.pointer(entry.getKey()), byId, entry.getValue()));
            }
        });
        return named;
    }

    private void take(Incoming event, Named named, String tenant) {
        event.said(FIELD, named.pointer());
        Optional<String> id = Optional.of(named.value())
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .flatMap(ExternalId::parse);
        if (id.isEmpty()) {
            event.fault(named.pointer(), ExternalId.COMPLAINT);
        } else if (!named.byId()) {
            event.put(FIELD, id.get(), named.pointer());
        } else {
            byId(event, named, tenant, id.get());
        }
    }

    /** A request may name its customer either way, as a path does; usage must say which way it is. */
    private void byId(Incoming event, Named named, String tenant, String id) {
        boolean uuid = Customers.isUuid(id);
        Optional<Customer> ours = uuid ? customers.ofUuid(tenant, id) : Optional.empty();
        if (ours.filter(Customer::isErased).isPresent()) {
            // Nobody sends for whom nobody is any more: it would be revived under its pseudonym.
            event.customerIsUnknown(named.pointer());
        } else if (ours.isPresent()) {
            event.put(FIELD, ours.get().externalId(), named.pointer());
        } else if (event.kind() == EventKind.REQUEST) {
            event.put(FIELD, id, named.pointer());
            if (uuid && customers.meant(tenant, id, false).isEmpty()) {
                event.warn(Warning.newCustomer(named.pointer()));
            }
        } else if (uuid) {
            event.customerIsUnknown(named.pointer());
        } else {
            event.fault(named.pointer(), "must be a UUID of ours; your own id goes into external_customer_id");
        }
    }
}
