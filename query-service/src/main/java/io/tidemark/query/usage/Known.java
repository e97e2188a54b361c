package io.tidemark.query.usage;

import io.tidemark.query.period.PeriodParser;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The parameters of an operation: those of every question about usage, and its own. */
public final class Known {
    private Known() {}

    public static Set<String> with(String... own) {
        var names = new HashSet<String>(atOnceWith(own));
        names.addAll(WaitParser.PARAMETERS);
        return Set.copyOf(names);
    }

    /** The same where nothing is waited for. */
    public static Set<String> atOnceWith(String... own) {
        var names = new HashSet<String>(PeriodParser.PARAMETERS);
        names.addAll(List.of(own));
        return Set.copyOf(names);
    }
}
