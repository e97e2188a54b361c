package io.tidemark.query.request;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with one request, so that the caller hears all of it at once. */
public final class Faults {
    private final List<Fault> found = new ArrayList<>();

    public void add(String parameter, String message) {
        found.add(Fault.ofParameter(parameter, message));
    }

    public List<Fault> all() {
        return List.copyOf(found);
    }
}
