package io.tidemark.query.ingest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.tidemark.query.http.Problem;
import io.tidemark.query.http.Refused;
import io.tidemark.query.http.RequestBody;
import io.tidemark.query.http.RequestHead;
import io.tidemark.query.request.Faults;
import io.tidemark.query.request.JsonBody;
import io.tidemark.query.request.UrlText;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A CloudEvent in <a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/http-protocol-binding.md">binary
 * mode</a>: attributes in headers, percent-encoded, and the data is the body.
 */
final class BinaryEvent {
    private static final String PREFIX = "ce-";
    private static final List<String> ATTRIBUTES = List.of("specversion", "id", "source", "type", "subject", "time");

    private static final Pattern ESCAPED = Pattern.compile("\\\\(.)");
    private static final Pattern ASCII = Pattern.compile("[\\x20-\\x7E]*");

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
                decoded(values.get(0))
                        .ifPresentOrElse(
                                text -> event.put(attribute, text),
                                () -> faults.add(PREFIX + attribute, "is not ASCII, percent-encoded from UTF-8"));
            }
        }
        if (!RequestBody.isAnyJson(Optional.ofNullable(context.contentType()).orElse("application/json"))) {
            throw new Refused(Problem.of(
                    Problem.Kind.UNSUPPORTED_MEDIA_TYPE, "The data of a CloudEvent is JSON: application/json."));
        }
        byte[] body = RequestBody.bytesOfAnyType(context);
        if (body.length > 0) {
            event.set("data", JsonBody.object(body, faults));
        }
        return event;
    }

    /** As section 3.1.3.2 of the binding says: quotes are taken away first, then it is percent-decoded, once. */
    private static Optional<String> decoded(String header) {
        boolean quoted = header.length() >= 2 && header.startsWith("\"") && header.endsWith("\"");
        String raw = quoted
                ? ESCAPED.matcher(header.substring(1, header.length() - 1)).replaceAll("$1")
                : header;
        return ASCII.matcher(raw).matches() ? UrlText.ofSegment(raw) : Optional.empty();
    }
}
