package io.tidemark.query.ingest;

import io.tidemark.query.request.Fault;
import io.tidemark.streams.event.EventKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One event as it was sent, before anybody judges its values. Mutable while it is read. */
final class Incoming {
    /** Of faults and of warnings: more than an event has fields. Who sends a million is not told of each. */
    private static final int MOST = 32;

    private final EventKind kind;
    private final String pointer;
    private final Map<String, Object> fields = new LinkedHashMap<>();
    private final Map<String, String> pointers = new HashMap<>();
    private final Set<String> said = new HashSet<>();
    private final List<Fault> faults = new ArrayList<>();
    private final List<Warning> warnings = new ArrayList<>();
    private boolean idMissing;
    private Optional<Fault> unknownCustomer = Optional.empty();

    /** @param pointer where it stands in the body; empty where it is the body */
    Incoming(EventKind kind, String pointer) {
        this.kind = kind;
        this.pointer = pointer;
    }

    /** Sets a field by its name on the wire, and where in the body it was said. */
    void put(String name, Object value, String at) {
        fields.put(name, value);
        said(name, at);
    }

    void fault(String at, String message) {
        if (faults.size() < MOST) {
            faults.add(Fault.ofPointer(at, message));
        }
    }

    /** Notes that a field was said, however wrongly, so that nobody complains that it is missing. */
    void said(String name, String at) {
        said.add(name);
        isAt(name, at);
    }

    /** Notes where a field would stand. */
    void isAt(String name, String at) {
        pointers.put(name, at);
    }

    boolean wasSaid(String name) {
        return said.contains(name);
    }

    void warn(Warning warning) {
        if (warnings.size() < MOST) {
            warnings.add(warning);
        }
    }

    /** Notes that it needs an id and has none. */
    void idIsMissing() {
        idMissing = true;
    }

    /** Notes that there is no customer of the UUID it gives. */
    void customerIsUnknown(String at) {
        unknownCustomer = Optional.of(Fault.ofPointer(at, "there is no such customer"));
    }

    boolean lacksId() {
        return idMissing;
    }

    Optional<Fault> unknownCustomer() {
        return unknownCustomer;
    }

    EventKind kind() {
        return kind;
    }

    String pointer() {
        return pointer;
    }

    /** Where a field was said; where it would be, if it was not. */
    String pointerOf(String name) {
        return pointers.getOrDefault(name, pointer + (name.isEmpty() ? "" : "/" + name));
    }

    Map<String, Object> fields() {
        return fields;
    }

    Optional<String> id() {
        return Optional.ofNullable(fields.get("id")).map(Object::toString);
    }

    List<Fault> faults() {
        return faults;
    }

    List<Warning> warnings() {
        return warnings;
    }
}
