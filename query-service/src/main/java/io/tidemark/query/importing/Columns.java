package io.tidemark.query.importing;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.query.customers.NewCustomerCheck;
import io.tidemark.query.settings.DidYouMean;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** The header of a CSV file: the API's names of fields, in any of their spellings, and {@code metadata.KEY}. */
final class Columns {
    private static final String METADATA = "metadata";
    private static final String KEY_OF_METADATA = METADATA + ".";
    private static final String FLAG = "is_active";

    private final Map<String, String> fields = NewCustomerCheck.spellings();
    private final List<String> names;

    private Columns(List<String> names) {
        this.names = names;
    }

    /**
     * Reads a header.
     *
     * @throws CannotImport that lists everything that is wrong with it
     */
    static Columns of(List<String> header) {
        var columns = new Columns(header.stream().map(String::strip).toList());
        var faults = new ArrayList<String>();
        var seen = new HashMap<String, String>();
        for (String name : columns.names) {
            Optional<String> field = columns.field(name);
            if (field.isEmpty()) {
                faults.add(columns.unknown(name));
            } else if (seen.containsKey(field.get())) {
                faults.add("columns " + seen.get(field.get()) + " and " + name + " are the same");
            } else {
                seen.put(field.get(), name);
            }
        }
        if (!seen.containsKey("external_id")) {
            faults.add("there is no column external_id, by which rows and customers are told apart");
        }
        if (!faults.isEmpty()) {
            throw new CannotImport(faults);
        }
        return columns;
    }

    /** What a column gives; empty for one that nobody knows. */
    private Optional<String> field(String name) {
        return name.startsWith(KEY_OF_METADATA) && name.length() > KEY_OF_METADATA.length()
                ? Optional.of(name)
                : Optional.ofNullable(fields.get(name)).filter(field -> !field.equals(METADATA));
    }

    private String unknown(String name) {
        if (name.equals(METADATA) || name.equals(KEY_OF_METADATA)) {
            return "column " + name + " is none: each key of it has a column of its own, metadata.KEY";
        }
        var known = new TreeSet<>(fields.keySet());
        known.remove(METADATA);
        return "column " + (name.isEmpty() ? "without a name" : name) + " is unknown"
                + DidYouMean.ending(name.toLowerCase(Locale.ROOT), known);
    }

    int size() {
        return names.size();
    }

    /** What cells say, as the API takes it; what is empty is not given. There may be fewer or more of them than columns. */
    ObjectNode object(List<String> cells) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < Math.min(cells.size(), names.size()); i++) {
            if (!cells.get(i).isEmpty()) {
                put(object, names.get(i), cells.get(i));
            }
        }
        return object;
    }

    private void put(ObjectNode object, String name, String cell) {
        if (name.startsWith(KEY_OF_METADATA)) {
            object.withObjectProperty(METADATA).put(name.substring(KEY_OF_METADATA.length()), cell);
        } else if (FLAG.equals(fields.get(name)) && cell.matches("(?i)true|false")) {
            object.put(name, Boolean.parseBoolean(cell));
        } else {
            object.put(name, cell);
        }
    }
}
