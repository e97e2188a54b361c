package io.tidemark.streams.roster;

import org.jspecify.annotations.Nullable;

/** Which cards a query takes, by what can be searched of them; the exact external id aside. */
final class Filter {
    private final byte @Nullable [] search;
    private final byte @Nullable [] email;

    private Filter(byte @Nullable [] search, byte @Nullable [] email) {
        this.search = search;
        this.email = email;
    }

    static Filter of(RosterQuery query) {
        return new Filter(
                query.search().map(Folded::of).orElse(null),
                query.email().map(Folded::of).orElse(null));
    }

    boolean takesAll() {
        return search == null && email == null;
    }

    /** @param text holds name, e-mail address and external id, each ended by {@link Card#END} */
    boolean takes(byte[] text, int from, int to) {
        return (search == null || Folded.contains(text, from, to, search)) && (email == null || hasEmail(text, from));
    }

    private boolean hasEmail(byte[] text, int from) {
        int begin = end(text, from) + 1;
        return Folded.contains(text, begin, end(text, begin), java.util.Objects.requireNonNull(email));
    }

    private static int end(byte[] text, int from) {
        int at = from;
        while (text[at] != Card.END) {
            at++;
        }
        return at;
    }
}
