package io.tidemark.query.load;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows on standard error how far a load is: a bar on a terminal, now and then a plain line elsewhere. */
public final class Progress implements AutoCloseable {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(Progress::thread);
    private final Duration every;
    private final Runnable look;
    private final AutoCloseable end;

    private Progress(Duration every, Runnable look, AutoCloseable end) {
        this.every = every;
        this.look = look;
        this.end = end;
    }

    /** Shows it from now on. */
    public void begin() {
        var unused = ticker.scheduleAtFixedRate(look, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static Thread thread(Runnable work) {
        var thread = new Thread(work, "progress");
        thread.setDaemon(true);
        return thread;
    }

    public static Progress onTerminal(Tally tally, long events) {
        ProgressBar bar = new ProgressBarBuilder()
                .setTaskName("load")
                .setInitialMax(events)
                .setUpdateIntervalMillis((int) BETWEEN_LOOKS.toMillis())
                .setStyle(ProgressBarStyle.ASCII)
                .setUnit(" events", 1)
                .showSpeed()
                .setConsumer(new ConsoleProgressBarConsumer(System.err))
                .build();
        Runnable look = () -> {
            Tally.Counts counts = tally.counts();
            bar.stepTo(counts.events());
            bar.setExtraMessage(troubles(counts));
        };
        return new Progress(BETWEEN_LOOKS, look, () -> {
            look.run();
            bar.close();
        });
    }

    public static Progress inLines(Tally tally, long events, Duration every, PrintWriter err) {
        long began = System.nanoTime();
        return new Progress(
                every, () -> println(err, line(tally.counts(), events, System.nanoTime() - began)), () -> {});
    }

    static String line(Tally.Counts counts, long events, long nanos) {
        double seconds = nanos / (double) TimeUnit.SECONDS.toNanos(1);
        return String.format(
                Locale.ROOT,
                "load: %d of %d events, %.0f/s, %d duplicates, %d acknowledged%s",
                counts.events(),
                events,
                counts.sent() / seconds,
                counts.duplicates(),
                counts.acknowledged(),
                troubles(counts));
    }

    private static String troubles(Tally.Counts counts) {
        return counts.failed() == 0 ? "" : ", " + counts.failed() + " failed, " + counts.sentAgain() + " sent again";
    }

    private static void println(PrintWriter err, String line) {
        err.println(line);
        err.flush();
    }

    /** Whether somebody looks at standard error; Java itself only knows of all three streams together. */
    public static boolean isWatched() {
        try {
            return new ProcessBuilder("test", "-t", "2").inheritIO().start().waitFor() == 0;
        } catch (IOException noSuchProgram) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        ticker.shutdownNow();
        try {
            end.close();
        } catch (Exception unseen) {
            throw new IllegalStateException("the progress cannot be shown", unseen);
        }
    }
}
