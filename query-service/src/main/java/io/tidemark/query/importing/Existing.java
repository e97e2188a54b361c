package io.tidemark.query.importing;

import java.util.Locale;

/** What becomes of a customer that is there already. */
public enum Existing {
    /** What the row gives of it changes. */
    UPDATE,
    /** It stays as it is. */
    SKIP,
    /** The row is refused. */
    REFUSE;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
