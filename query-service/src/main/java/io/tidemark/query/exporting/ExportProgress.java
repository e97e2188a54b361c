package io.tidemark.query.exporting;

import io.tidemark.query.progress.Watched;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** How far an export is. */
public record ExportProgress(Export of) implements Watched {

    @Override
    public String task() {
        return "export";
    }

    @Override
    public String unit() {
        return "customers";
    }

    @Override
    public long total() {
        return of.total();
    }

    @Override
    public long done() {
        return of.done();
    }

    @Override
    public String troubles() {
        return "";
    }

    @Override
    public String line(long nanos) {
        double seconds = nanos / (double) TimeUnit.SECONDS.toNanos(1);
        return String.format(Locale.ROOT, "export: %d of %d customers, %.0f/s", done(), total(), done() / seconds);
    }
}
