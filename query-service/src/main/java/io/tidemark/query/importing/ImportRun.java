package io.tidemark.query.importing;

import io.tidemark.query.importing.PatientCalls.Halted;
import io.tidemark.query.importing.RowOutcome.Refused;
import io.tidemark.query.remote.RemoteInstance;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Sends the rows that are not done, many at once, until there are no more or it is told to stop. */
public final class ImportRun {
    private final ImportSettings settings;
    private final long before;
    private final Ledger ledger;
    private final Window window;
    private final PatientCalls calls;
    private final RowCalls rowCalls;

    ImportRun(ImportSettings settings, RemoteInstance instance, String run, long before, Ledger ledger) {
        this.settings = settings;
        this.before = before;
        this.ledger = ledger;
        window = new Window(settings.parallel(), before + 1, ledger);
        calls = new PatientCalls(instance, settings.patience(), window);
        rowCalls = new RowCalls(calls, window, run, settings.existing());
    }

    /** Lets it end soon: what is on its way comes back, no more is sent. */
    public void stop() {
        window.halt();
    }

    /** How often something was asked again because the instance was busy or away. */
    public long repeats() {
        return calls.repeats();
    }

    /**
     * Runs it in this thread and some more.
     *
     * @throws RuntimeException why it ended before its end
     */
    public void run() throws IOException, InterruptedException {
        ExecutorService workers = Executors.newFixedThreadPool(settings.parallel());
        try (Rows rows = settings.file().open()) {
            Optional<Row> row = rows.next();
            while (row.isPresent() && (row.get().number() <= before || dispatch(row.get(), workers))) {
                row = rows.next();
            }
        } catch (IOException | RuntimeException unreadable) {
            window.halt();
            throw unreadable;
        } finally {
            window.awaitAllBack();
            workers.shutdownNow();
            ledger.save();
        }
        if (window.why().isPresent()) {
            throw window.why().get();
        }
    }

    /** False when no more may be sent. */
    private boolean dispatch(Row row, ExecutorService workers) throws InterruptedException {
        if (!window.admit(row)) {
            return false;
        }
        Optional<RowOutcome> unfit = unfit(row);
        if (unfit.isPresent()) {
            window.back(row, unfit);
        } else {
            workers.execute(() -> window.back(row, sent(row)));
        }
        return true;
    }

    /** Without an id of its own a row would make another customer each time that it is sent. */
    static Optional<RowOutcome> unfit(Row row) {
        if (!row.faults().isEmpty()) {
            return Optional.of(new Refused(OptionalInt.empty(), row.faults()));
        }
        return row.content().hasNonNull("external_id") || row.content().hasNonNull("externalId")
                ? Optional.empty()
                : Optional.of(new Refused(OptionalInt.empty(), List.of(new RowFault("external_id", "is needed"))));
    }

    private Optional<RowOutcome> sent(Row row) {
        try {
            return Optional.of(rowCalls.send(row));
        } catch (Halted over) {
            return Optional.empty();
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (RuntimeException bug) {
            window.halt(bug);
            return Optional.empty();
        }
    }
}
