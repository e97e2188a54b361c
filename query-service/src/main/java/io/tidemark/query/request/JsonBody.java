package io.tidemark.query.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * The JSON object a request carries, asked field by field; what is wrong becomes a fault with a pointer to it, and the field
 * counts as absent, as one that is {@code null} does.
 *
 * <p>Names are asked for in {@code snake_case}; {@code camelCase} is taken too. Once every field has been asked for, {@link
 * #allowNothingElse} makes faults of the others.
 */
public final class JsonBody {
    private final ObjectNode object;
    private final boolean broken;
    private final Faults faults;
    private final Map<String, String> known = new LinkedHashMap<>();

    private JsonBody(ObjectNode object, boolean broken, Faults faults) {
        this.object = object;
        this.broken = broken;
        this.faults = faults;
    }

    /** Reads a body; one that is no JSON object in UTF-8 is a fault and has no fields. */
    public static JsonBody of(byte[] bytes, Faults faults) {
        Optional<ObjectNode> object = JsonText.object(bytes, faults);
        return new JsonBody(object.orElseGet(JsonNodeFactory.instance::objectNode), object.isEmpty(), faults);
    }

    /** The object that some bytes are; one without fields where they are none, which is a fault then. */
    public static ObjectNode object(byte[] bytes, Faults faults) {
        return JsonText.object(bytes, faults).orElseGet(JsonNodeFactory.instance::objectNode);
    }

    /** The body of a request that has none, where it may be left out. */
    public static JsonBody none(Faults faults) {
        return new JsonBody(JsonNodeFactory.instance.objectNode(), false, faults);
    }

    private record Given(String pointer, JsonNode value) {}

    /** Two spellings at once are a fault even where they say the same: nobody means to. */
    private Optional<Given> given(String name, String... aliases) {
        Set<String> spellings = FieldName.spellings(name, aliases);
        spellings.forEach(spelling -> known.put(spelling, name));
        var given = new ArrayList<Given>();
        for (String spelling : spellings) {
            JsonNode value = object.get(spelling);
            if (value != null && !value.isNull()) {
                given.add(new Given(FieldName.pointer(spelling), value));
            }
        }
        given.stream().skip(1).forEach(again -> faults.addAt(again.pointer(), "is another spelling of " + name));
        return given.stream().findFirst();
    }

    /** Whether a value, right or wrong, is given. */
    public boolean has(String name, String... aliases) {
        return FieldName.spellings(name, aliases).stream().anyMatch(object::hasNonNull);
    }

    /** Makes a fault of each of these that is not given. Says nothing of a body that could not be read. */
    public void needs(String... names) {
        for (String name : names) {
            if (!broken && !has(name)) {
                faults.addAt(FieldName.pointer(name), "is needed");
            }
        }
    }

    /**
     * A text without control characters.
     *
     * @param longest number of characters
     */
    public Optional<String> text(String name, int longest, String... aliases) {
        return given(name, aliases).flatMap(given -> FieldText.read(given.value(), given.pointer(), longest, faults));
    }

    /**
     * What a text stands for: an instant ({@code Moment::exactly}), a duration ({@code Durations::parse}), a name out of few.
     *
     * @param parse empty for a text that stands for nothing
     * @param complaint what is said then, such as "must be …"
     */
    public <T> Optional<T> parsed(String name, Function<String, Optional<T>> parse, String complaint) {
        return given(name).flatMap(given -> parsed(given.value(), given.pointer(), parse, complaint));
    }

    private <T> Optional<T> parsed(
            JsonNode value, String pointer, Function<String, Optional<T>> parse, String complaint) {
        Optional<T> parsed = value.isTextual() ? parse.apply(value.textValue()) : Optional.empty();
        if (parsed.isEmpty()) {
            faults.addAt(pointer, complaint);
        }
        return parsed;
    }

    public Optional<Boolean> flag(String name) {
        return given(name).flatMap(given -> {
            if (given.value().isBoolean()) {
                return Optional.of(given.value().booleanValue());
            }
            faults.addAt(given.pointer(), "must be true or false");
            return Optional.empty();
        });
    }

    /** A whole number within bounds. */
    public Optional<Integer> count(String name, int least, int most) {
        return given(name).flatMap(given -> {
            JsonNode value = given.value();
            if (value.isIntegralNumber()
                    && value.canConvertToInt()
                    && value.intValue() >= least
                    && value.intValue() <= most) {
                return Optional.of(value.intValue());
            }
            faults.addAt(given.pointer(), "must be a number from " + least + " to " + most);
            return Optional.empty();
        });
    }

    /** A list of objects, each taken with where it stands; empty for an element that is something else. */
    public void objects(String name, int most, JsonBatch.Elements elements) {
        given(name).ifPresent(given -> {
            if (!given.value().isArray() || given.value().size() > most) {
                faults.addAt(given.pointer(), "must be a list of at most " + most + " objects");
                return;
            }
            for (int i = 0; i < given.value().size(); i++) {
                elements.take(
                        given.pointer() + "/" + i,
                        given.value().get(i) instanceof ObjectNode one ? Optional.of(one) : Optional.empty());
            }
        });
    }

    /** A list of texts; an element that is wrong is a fault of its own and left out. */
    public Optional<List<String>> texts(String name, int most, int longest) {
        return list(name, most, (element, at) -> FieldText.read(element, at, longest, faults));
    }

    /** A list of what texts stand for, each as with {@link #parsed}. */
    public <T> Optional<List<T>> parsedTexts(
            String name, int most, Function<String, Optional<T>> parse, String complaint) {
        return list(name, most, (element, at) -> parsed(element, at, parse, complaint));
    }

    private <T> Optional<List<T>> list(String name, int most, BiFunction<JsonNode, String, Optional<T>> read) {
        return given(name).flatMap(given -> {
            if (!given.value().isArray() || given.value().size() > most) {
                faults.addAt(given.pointer(), "must be a list of at most " + most + " texts");
                return Optional.empty();
            }
            var elements = new ArrayList<T>();
            for (int i = 0; i < given.value().size(); i++) {
                read.apply(given.value().get(i), given.pointer() + "/" + i).ifPresent(elements::add);
            }
            return Optional.of(elements);
        });
    }

    /** An object of texts, for what callers keep of their own; keys are taken as they are. */
    public Optional<Map<String, String>> map(String name, int most, int longest) {
        return given(name).flatMap(given -> {
            if (!given.value().isObject() || given.value().size() > most) {
                faults.addAt(given.pointer(), "must be an object of at most " + most + " texts");
                return Optional.empty();
            }
            var map = new LinkedHashMap<String, String>();
            given.value()
                    .properties()
                    .forEach(entry -> put(map, entry.getKey(), entry.getValue(), given.pointer(), longest));
            return Optional.of(map);
        });
    }

    private void put(Map<String, String> map, String key, JsonNode value, String pointer, int longest) {
        String at = pointer + FieldName.pointer(key);
        if (!FieldText.isClean(key, longest)) {
            faults.addAt(at, "its name must have 1 to " + longest + " characters and no control characters");
        }
        FieldText.read(value, at, longest, faults).ifPresent(text -> map.put(key, text));
    }

    /** Every spelling of a field that was asked for, and the field's name. */
    public Map<String, String> known() {
        return Collections.unmodifiableMap(known);
    }

    /** Makes a fault of each field that was not asked for. */
    public void allowNothingElse() {
        object.fieldNames().forEachRemaining(name -> {
            if (!known.containsKey(name)) {
                faults.addAt(FieldName.pointer(name), "is not a field of this operation");
            }
        });
    }
}
