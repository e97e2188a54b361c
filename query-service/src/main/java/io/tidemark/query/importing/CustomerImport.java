package io.tidemark.query.importing;

import io.tidemark.query.remote.RemoteInstance;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** An import that was looked at and can be run: a new one, or one that goes on where it stopped. */
public final class CustomerImport implements AutoCloseable {
    private final ImportSettings settings;
    private final RemoteInstance instance;
    private final ProgressFile progress;
    private final Ledger ledger;
    private final String run;
    private final long before;
    private final long total;

    private CustomerImport(
            ImportSettings settings,
            RemoteInstance instance,
            ProgressFile progress,
            Target target,
            Checkpoint from,
            Survey survey)
            throws IOException {
        this.settings = settings;
        this.instance = instance;
        this.progress = progress;
        ledger = new Ledger(progress, new RefusedFile(settings.refused(), from.refusedBytes()), from);
        run = target.run();
        before = from.rows();
        total = survey.rows();
    }

    /**
     * Reads the file once, and what is kept of it.
     *
     * @throws CannotImport when it cannot begin, or go on
     */
    public static CustomerImport open(ImportSettings settings, RemoteInstance instance) throws IOException {
        var wanted = new Target(
                UUID.randomUUID().toString(),
                instance.url().toString(),
                instance.keyHash(),
                settings.existing().label());
        ProgressFile progress = ProgressFile.open(settings.progress());
        try {
            Optional<Target> begun = progress.target().filter(target -> !settings.restart());
            return begun.isPresent()
                    ? goOn(settings, instance, progress, begun.get(), wanted)
                    : begin(settings, instance, progress, wanted);
        } catch (IOException | RuntimeException failed) {
            progress.close();
            throw failed;
        }
    }

    private static CustomerImport begin(
            ImportSettings settings, RemoteInstance instance, ProgressFile progress, Target wanted) throws IOException {
        Survey survey = Survey.of(settings.file(), 0);
        if (!settings.restart() && Files.exists(settings.refused())) {
            throw new CannotImport(
                    settings.refused() + " is there already: --restart writes over it, --refused names another file");
        }
        Files.deleteIfExists(settings.refused());
        progress.begin(wanted);
        return new CustomerImport(settings, instance, progress, wanted, Checkpoint.START, survey);
    }

    private static CustomerImport goOn(
            ImportSettings settings, RemoteInstance instance, ProgressFile progress, Target begun, Target wanted)
            throws IOException {
        Checkpoint last = progress.last();
        var faults = new ArrayList<>(wanted.differencesFrom(begun));
        Survey survey = Survey.of(settings.file(), last.rows());
        if (!survey.hash().equals(last.hash())) {
            faults.add(settings.file().path() + " is not what it was: its first " + last.rows()
                    + " rows, which are done, have changed");
        }
        if (!faults.isEmpty()) {
            throw new CannotImport(withAdvice(settings, faults));
        }
        return new CustomerImport(settings, instance, progress, begun, last, survey);
    }

    private static List<String> withAdvice(ImportSettings settings, List<String> faults) {
        var all = new ArrayList<String>();
        faults.forEach(fault -> all.add("the import in " + settings.progress() + " cannot go on: " + fault));
        all.add("--restart begins from the first row, which is safe; --progress names another file");
        return all;
    }

    /** How many rows were done by runs before this one. */
    public long before() {
        return before;
    }

    public long total() {
        return total;
    }

    /** What became of all rows that are done; asked by any thread. */
    public Counts counts() {
        return ledger.counts();
    }

    /** Prepares to send what is not done. */
    public ImportRun start() {
        return new ImportRun(settings, instance, run, before, ledger);
    }

    @Override
    public void close() throws IOException {
        try (progress) {
            ledger.close();
        }
    }
}
