package io.tidemark.query.progress;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows on standard error how far a work is: a bar on a terminal, now and then a plain line elsewhere. */
public final class Progress implements AutoCloseable {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

    /** For the bar. */
    private static final long ENDLESS = -1;

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

    /** Fit for where it is shown: a bar for somebody who looks, else a line after every so long. */
    public static Progress of(Watched work, Duration betweenLines, PrintWriter err) {
        return isWatched()
                ? onTerminal(work, new ConsoleProgressBarConsumer(System.err))
                : inLines(work, betweenLines, err);
    }

    static Progress onTerminal(Watched work, ProgressBarConsumer terminal) {
        ProgressBar bar = new ProgressBarBuilder()
                .setTaskName(work.task())
                .setInitialMax(most(work))
                .startsFrom(work.doneBefore(), Duration.ZERO)
                .setUpdateIntervalMillis((int) BETWEEN_LOOKS.toMillis())
                .setStyle(ProgressBarStyle.ASCII)
                .setUnit(" " + work.unit(), 1)
                .showSpeed()
                .setConsumer(terminal)
                .build();
        Runnable look = () -> {
            bar.maxHint(most(work));
            bar.stepTo(work.done());
            bar.setExtraMessage(work.troubles());
        };
        return new Progress(BETWEEN_LOOKS, look, () -> {
            look.run();
            bar.close();
        });
    }

    /** How many it will be; until that is known, a bar without an end: of a total of none all is done. */
    private static long most(Watched work) {
        return work.total() > 0 ? work.total() : ENDLESS;
    }

    private static Progress inLines(Watched work, Duration every, PrintWriter err) {
        long began = System.nanoTime();
        return new Progress(every, () -> println(err, work.line(System.nanoTime() - began)), () -> {});
    }

    private static void println(PrintWriter err, String line) {
        err.println(line);
        err.flush();
    }

    /** Whether somebody looks at standard error; Java itself only knows of all three streams together. */
    private static boolean isWatched() {
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
