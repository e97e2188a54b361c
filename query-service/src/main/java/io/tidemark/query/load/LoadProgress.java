package io.tidemark.query.load;

import io.tidemark.query.progress.Watched;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** How far a load is. */
public record LoadProgress(Tally tally, long total) implements Watched {

    @Override
    public String task() {
        return "load";
    }

    @Override
    public String unit() {
        return "events";
    }

    @Override
    public long done() {
        return tally.counts().events();
    }

    @Override
    public String troubles() {
        Tally.Counts counts = tally.counts();
        return counts.failed() == 0 ? "" : ", " + counts.failed() + " failed, " + counts.sentAgain() + " sent again";
    }

    @Override
    public String line(long nanos) {
        Tally.Counts counts = tally.counts();
        return String.format(
                Locale.ROOT,
                "load: %d of %d events, %.0f/s, %d duplicates, %d acknowledged%s",
                counts.events(),
                total,
                counts.sent() / (nanos / (double) TimeUnit.SECONDS.toNanos(1)),
                counts.duplicates(),
                counts.acknowledged(),
                troubles());
    }
}
