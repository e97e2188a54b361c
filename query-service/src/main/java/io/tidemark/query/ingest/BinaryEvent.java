package io.tidemark.query.ingest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.tidemark.query.http.RequestBody;
import io.tidemark.query.http.RequestHead;
import io.tidemark.query.request.Faults;
import io.tidemark.query.request.JsonBody;
import io.tidemark.query.request.UrlText;
import java.util.List;
import java.util.Optional;

/**
 * A CloudEvent in <a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/http-protocol-binding.md">binary
 * mode</a>: attributes in headers, percent-encoded, and the data is the body.
 */
final class BinaryEvent {
    private static final String PREFIX = "ce-";
    private static final List<String> ATTRIBUTES = List.of("specversion", "id", "source", "type", "subject", "time");

    private BinaryEvent() {}

    /** Whether a request says that it is one. */
    static boolean isOne(Context context) {
        return !RequestHead.values(context, PREFIX + "specversion").isEmpty();
    }

    /** The same event in structured mode; what cannot be read of it is a fault. */
    static ObjectNode structured(Context context, Faults faults) {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        for (String attribute : ATTRIBUTES) {
            List<String> values = RequestHead.values(context, PREFIX + attribute);
            if (values.size() > 1) {
                faults.add(PREFIX + attribute, "is given more than once");
            }
            if (!values.isEmpty()) {
                Optional<String> value = UrlText.ofSegment(values.get(0));
                value.ifPresentOrElse(
                        text -> event.put(attribute, text),
                        () -> faults.add(PREFIX + attribute, "is not percent-encoded UTF-8"));
            }
        }
        byte[] body = RequestBody.bytes(context);
        if (body.length > 0) {
            event.set("data", JsonBody.object(body, faults));
        }
        return event;
    }
}
