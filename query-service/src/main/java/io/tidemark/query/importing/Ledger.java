package io.tidemark.query.importing;

import io.tidemark.query.importing.RowOutcome.Refused;
import java.io.IOException;
import java.time.Duration;

/** What is done, kept as it comes: the report of what was refused, and after it how far it is. */
final class Ledger implements Window.Keeper, AutoCloseable {
    private static final Duration BETWEEN = Duration.ofMillis(200);

    private final ProgressFile progress;
    private final RefusedFile refused;
    private volatile Checkpoint now;
    private long saved;
    private long written = System.nanoTime();

    Ledger(ProgressFile progress, RefusedFile refused, Checkpoint from) {
        this.progress = progress;
        this.refused = refused;
        now = from;
        saved = from.rows();
    }

    @Override
    public void keep(Row row, RowOutcome outcome) throws IOException {
        if (outcome instanceof Refused fault) {
            refused.add(row, fault);
        }
        now = new Checkpoint(now.counts().plus(outcome.fate()), row.hash(), refused.bytes());
        if (System.nanoTime() - written > BETWEEN.toNanos()) {
            save();
        }
    }

    /** How far it is may be told behind what is so, never before it. */
    void save() throws IOException {
        if (now.rows() > saved) {
            progress.write(now);
            saved = now.rows();
        }
        written = System.nanoTime();
    }

    /** Asked by any thread. */
    Counts counts() {
        return now.counts();
    }

    @Override
    public void close() throws IOException {
        refused.close();
        save();
    }
}
