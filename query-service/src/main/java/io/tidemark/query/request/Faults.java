package io.tidemark.query.request;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with one request, so that the caller hears all of it at once. */
public final class Faults {
    private final List<Fault> found = new ArrayList<>();

    /** In a parameter or a path segment. */
    public void add(String parameter, String message) {
        found.add(Fault.ofParameter(parameter, message));
    }

    /**
     * In the body.
     *
     * @param pointer as RFC 6901 writes it
     */
    public void addAt(String pointer, String message) {
        found.add(Fault.ofPointer(pointer, message));
    }

    public void add(Fault fault) {
        found.add(fault);
    }

    public List<Fault> all() {
        return List.copyOf(found);
    }
}
