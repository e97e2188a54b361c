package io.tidemark.streams;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.streams.reading.Deaths;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
class ThreadReplacementTest {
    private Instant now = Instant.parse("2026-11-20T12:00:00Z");
    private final ThreadReplacement replacement = new ThreadReplacement(new Deaths(new Now()));

    private final class Now extends Clock {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    @Test
    void replacesFiveWithinAMinuteAndNotASixth() {
        for (int death = 0; death < 5; death++) {
            assertThat(replacement.handle(new IllegalStateException("bug"))).isEqualTo(REPLACE_THREAD);
            now = now.plusSeconds(11);
        }
        assertThat(replacement.handle(new IllegalStateException("bug"))).isEqualTo(SHUTDOWN_CLIENT);
    }

    /** Control: the same number, further apart. */
    @Test
    void replacesForEverWhatDiesNowAndThen() {
        for (int death = 0; death < 100; death++) {
            assertThat(replacement.handle(new IllegalStateException("bug"))).isEqualTo(REPLACE_THREAD);
            now = now.plus(Duration.ofSeconds(13));
        }
    }
}
