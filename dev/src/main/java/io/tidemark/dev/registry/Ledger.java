package io.tidemark.dev.registry;

import java.util.function.Supplier;

/** Where changes become durable, one at a time. */
interface Ledger {
    /** Asks for the decision on the newest state, writes it, applies it, and only then returns its answer. */
    <T> T write(Supplier<Change<T>> decision);
}
