package io.tidemark.query.request;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Optional;

/**
 * A body that holds many objects: a bare array of them, or an object with that array in one field. Read one after the other, so
 * that no more than one of them is a tree at any time.
 */
public final class JsonBatch {
    private final String field;
    private final int most;
    private final Faults faults;
    private int read;

    private JsonBatch(String field, int most, Faults faults) {
        this.field = field;
        this.most = most;
        this.faults = faults;
    }

    /** Takes the objects in their order. */
    @FunctionalInterface
    public interface Elements {
        /**
         * One of them.
         *
         * @param pointer where it stands in the body
         * @param object empty where it is something else
         */
        void take(String pointer, Optional<ObjectNode> object);
    }

    /**
     * Reads a batch; one that is no batch is a fault.
     *
     * @param field the one field an object may have
     * @param most objects; of more, none after these are read
     */
    public static void read(byte[] bytes, String field, int most, Faults faults, Elements elements) {
        var batch = new JsonBatch(field, most, faults);
        JsonText.read(bytes, faults, text -> {
            try (JsonParser in = JsonText.parser(text)) {
                batch.read(in, elements);
                if (faults.all().isEmpty() && in.nextToken() != null) {
                    faults.addAt("", "is not JSON: something follows its end");
                }
            }
            return batch;
        });
    }

    private void read(JsonParser in, Elements elements) throws IOException {
        JsonToken first = in.nextToken();
        if (first == JsonToken.START_ARRAY) {
            array(in, "", elements);
        } else if (first == JsonToken.START_OBJECT) {
            object(in, elements);
        } else {
            faults.addAt("", "must be an array, or an object with the array " + field);
            return;
        }
        if (read == 0 && faults.all().isEmpty()) {
            faults.addAt("", "holds nothing");
        }
    }

    private void object(JsonParser in, Elements elements) throws IOException {
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String name = in.currentName();
            JsonToken value = in.nextToken();
            if (!name.equals(field)) {
                faults.addAt(FieldName.pointer(name), "is not a field of this operation");
            } else if (value == JsonToken.START_ARRAY) {
                array(in, FieldName.pointer(name), elements);
            } else {
                faults.addAt(FieldName.pointer(name), "must be an array");
            }
            in.skipChildren();
        }
    }

    private void array(JsonParser in, String pointer, Elements elements) throws IOException {
        while (in.nextToken() != JsonToken.END_ARRAY) {
            if (read == most) {
                faults.addAt(pointer, "holds more than " + most);
            }
            if (read++ >= most) {
                in.skipChildren();
                continue;
            }
            JsonNode node = JsonText.value(in);
            elements.take(
                    pointer + "/" + (read - 1),
                    node instanceof ObjectNode object ? Optional.of(object) : Optional.empty());
        }
    }
}
