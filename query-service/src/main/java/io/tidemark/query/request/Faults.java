package io.tidemark.query.request;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with one request, so that the caller hears all of it at once. */
public final class Faults {
    /** Who sends a million faults is told how many there are, not each. */
    private static final int MOST = 1000;

    private final List<Fault> found = new ArrayList<>();
    private int more;

    /** In a parameter or a path segment. */
    public void add(String parameter, String message) {
        add(Fault.ofParameter(parameter, message));
    }

    /**
     * In the body.
     *
     * @param pointer as RFC 6901 writes it
     */
    public void addAt(String pointer, String message) {
        add(Fault.ofPointer(pointer, message));
    }

    public void add(Fault fault) {
        if (found.size() < MOST) {
            found.add(fault);
        } else {
            more++;
        }
    }

    public List<Fault> all() {
        var all = new ArrayList<>(found);
        if (more > 0) {
            all.add(Fault.ofPointer("", "has " + more + " more faults"));
        }
        return List.copyOf(all);
    }
}
