package io.tidemark.query.importing;

import io.tidemark.query.progress.Watched;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** How far an import is. */
public record ImportProgress(CustomerImport of, ImportRun run) implements Watched {

    @Override
    public String task() {
        return "import";
    }

    @Override
    public String unit() {
        return "rows";
    }

    @Override
    public long total() {
        return of.total();
    }

    @Override
    public long done() {
        return of.counts().rows();
    }

    @Override
    public long doneBefore() {
        return of.before();
    }

    @Override
    public String troubles() {
        String refused = of.counts().refused() == 0 ? "" : ", " + of.counts().refused() + " refused";
        return run.repeats() == 0 ? refused : refused + ", " + run.repeats() + " asked again";
    }

    @Override
    public String line(long nanos) {
        double seconds = nanos / (double) TimeUnit.SECONDS.toNanos(1);
        return String.format(
                Locale.ROOT,
                "import: %d of %d rows, %.0f/s%s",
                done(),
                total(),
                (done() - doneBefore()) / seconds,
                troubles());
    }
}
