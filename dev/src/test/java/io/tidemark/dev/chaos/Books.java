package io.tidemark.dev.chaos;

import io.tidemark.dev.fixtures.Oracle;
import java.util.ArrayList;
import java.util.List;

/** Everything that was ever sent. What is not acknowledged is sent again until it is, so in the end all of it must count, once. */
final class Books {
    private final List<Made> all = new ArrayList<>();

    synchronized void add(Made made) {
        all.add(made);
    }

    synchronized List<Made> all() {
        return List.copyOf(all);
    }

    synchronized int size() {
        return all.size();
    }

    /** How many may or may not have been written. */
    long unacknowledged() {
        return all().stream().filter(made -> !made.isAcknowledged()).count();
    }

    /** What a tenant's totals must be, once all is acknowledged. */
    Oracle oracle(String tenant) {
        var oracle = new Oracle();
        all().stream()
                .filter(made -> made.tenant().equals(tenant) && made.counts())
                .forEach(made -> oracle.counts(made.event()));
        return oracle;
    }
}
