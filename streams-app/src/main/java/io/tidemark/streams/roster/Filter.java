package io.tidemark.streams.roster;

import org.jspecify.annotations.Nullable;

/** Which cards a query takes, the exact external id aside. */
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

    boolean takes(Card card) {
        return (search == null || card.contains(search)) && (email == null || card.emailContains(email));
    }
}
