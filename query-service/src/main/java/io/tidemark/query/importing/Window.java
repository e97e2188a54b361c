package io.tidemark.query.importing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The rows that are on their way: so many at once, in the order of the file those that have a customer or an address in common, and
 * kept in the order of the file whatever comes back first. Also what ends it all.
 */
final class Window {
    /** How far rows may be ahead of the first that is not done, in rows at once: what came back early waits in memory. */
    private static final int AHEAD = 16;

    private final int atOnce;
    private final Keeper keeper;
    private final Set<String> claims = new HashSet<>();
    private final Map<Long, Back> early = new HashMap<>();
    private long first;
    private int onTheirWay;
    private boolean halted;
    private Optional<RuntimeException> why = Optional.empty();

    /** Takes what is done, in the order of the file. */
    interface Keeper {
        void keep(Row row, RowOutcome outcome) throws IOException;
    }

    private record Back(Row row, RowOutcome outcome) {}

    /** @param first the number of the first row that is not done */
    Window(int atOnce, long first, Keeper keeper) {
        this.atOnce = atOnce;
        this.first = first;
        this.keeper = keeper;
    }

    /** Waits until a row may go; false when no more may. Asked row by row, by one thread. */
    synchronized boolean admit(Row row) throws InterruptedException {
        while (!halted && !mayGo(row)) {
            wait();
        }
        if (halted) {
            return false;
        }
        onTheirWay++;
        claims.addAll(row.claims());
        return true;
    }

    private boolean mayGo(Row row) {
        return onTheirWay < atOnce
                && row.number() < first + (long) AHEAD * atOnce
                && row.claims().stream().noneMatch(claims::contains);
    }

    /** A row is back; without an outcome where it was given up, to be sent again another time. */
    synchronized void back(Row row, Optional<RowOutcome> outcome) {
        onTheirWay--;
        claims.removeAll(row.claims());
        outcome.ifPresent(known -> early.put(row.number(), new Back(row, known)));
        try {
            for (Back next = early.remove(first); next != null; next = early.remove(first)) {
                keeper.keep(next.row(), next.outcome());
                first++;
            }
        } catch (IOException full) {
            halt(new UncheckedIOException(full));
        }
        notifyAll();
    }

    /** Waits until all rows before one are done; false when that will not be. */
    synchronized boolean awaitTurn(Row row) throws InterruptedException {
        while (!halted && first < row.number()) {
            wait();
        }
        return !halted;
    }

    /** Waits, but not longer than there is something to wait for; false when there is not. */
    synchronized boolean pause(Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        for (long left = atMost.toMillis(); !halted && left > 0; left = (end - System.nanoTime()) / 1_000_000) {
            wait(left);
        }
        return !halted;
    }

    /** No further row goes. Those that are on their way may come back. */
    synchronized void halt() {
        halted = true;
        notifyAll();
    }

    /** The same, because of something; the first is what is told. */
    synchronized void halt(RuntimeException because) {
        why = why.or(() -> Optional.of(because));
        halt();
    }

    synchronized Optional<RuntimeException> why() {
        return why;
    }

    synchronized void awaitAllBack() throws InterruptedException {
        while (onTheirWay > 0) {
            wait();
        }
    }
}
