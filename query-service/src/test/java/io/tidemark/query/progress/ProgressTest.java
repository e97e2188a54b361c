package io.tidemark.query.progress;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicLong;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class ProgressTest {
    private static final int WIDTH = 120;

    private final AtomicLong total = new AtomicLong();
    private final AtomicLong done = new AtomicLong();
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

    @Test
    void isOfATotalThatIsKnownOnlyOnceItHasBegun() throws Exception {
        try (var progress = bar()) {
            progress.begin();
            while (!shown.toString(UTF_8).contains("test")) {
                Thread.sleep(10);
            }
            total.set(8);
            done.set(2);
        }
        assertThat(shown.toString(UTF_8)).contains("25%", "2/8").doesNotContain("100%");
    }

    @Test
    void isNotDoneWhereNothingIsKnownOfItsTotal() {
        try (var progress = bar()) {
            progress.begin();
        }
        assertThat(shown.toString(UTF_8)).contains("test").doesNotContain("100%");
    }

    @Test
    void hasItsTotalFromTheBeginningWhereThatIsKnown() {
        total.set(4);
        done.set(1);
        try (var progress = bar()) {
            progress.begin();
        }
        assertThat(shown.toString(UTF_8)).contains("25%", "1/4").doesNotContain("100%");
    }

    private Progress bar() {
        return Progress.onTerminal(
                new Counted(), new ConsoleProgressBarConsumer(new PrintStream(shown, true, UTF_8), WIDTH));
    }

    private final class Counted implements Watched {
        @Override
        public String task() {
            return "test";
        }

        @Override
        public String unit() {
            return "rows";
        }

        @Override
        public long total() {
            return total.get();
        }

        @Override
        public long done() {
            return done.get();
        }

        @Override
        public String troubles() {
            return "";
        }

        @Override
        public String line(long nanos) {
            return "";
        }
    }
}
