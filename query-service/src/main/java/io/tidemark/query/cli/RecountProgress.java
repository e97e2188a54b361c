package io.tidemark.query.cli;

import io.tidemark.query.progress.Watched;
import io.tidemark.streams.recount.Recount;
import java.util.Locale;

/** How far the log is read. */
record RecountProgress(Recount recount) implements Watched {
    private static final double NANOS = 1e9;

    @Override
    public String task() {
        return "reading the log";
    }

    @Override
    public String unit() {
        return "records";
    }

    @Override
    public long total() {
        return recount.toRead();
    }

    @Override
    public long done() {
        return recount.read();
    }

    @Override
    public String troubles() {
        return "";
    }

    @Override
    public String line(long nanos) {
        return String.format(
                Locale.ROOT,
                "%d of about %d records read in %.0f s%s",
                done(),
                total(),
                nanos / NANOS,
                done() >= total() ? ", comparing" : "");
    }
}
