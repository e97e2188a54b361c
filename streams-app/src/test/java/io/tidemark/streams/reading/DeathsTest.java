package io.tidemark.streams.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
class DeathsTest {
    private static final Instant T0 = Instant.parse("2026-11-20T12:00:00Z");

    @Test
    void sayOfWhatTheLastDied() {
        var deaths = new Deaths(Clock.fixed(T0, ZoneOffset.UTC));
        assertThat(deaths.recently()).isEmpty();
        deaths.note(new IllegalArgumentException("the first"));
        assertThat(deaths.recently())
                .contains("1 thread died within a minute, the last of IllegalArgumentException: the first");
        var page = new RuntimeException(
                "taskId=0_3, and then\n\tat a.page.of(Stack.java)", new IllegalStateException("why"));
        deaths.note(page);
        assertThat(deaths.recently())
                .contains("2 threads died within a minute, the last of IllegalStateException: why");
        deaths.note(new IllegalStateException("x".repeat(1_000) + "\nmore"));
        assertThat(deaths.recently().orElseThrow()).hasSizeLessThan(400).doesNotContain("more");
    }

    @Test
    void areForgottenAfterAMinute() {
        var now = new AtomicReference<>(T0);
        var deaths = new Deaths(new Clock() {
            @Override
            public java.time.ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return java.util.Objects.requireNonNull(now.get());
            }
        });
        deaths.note(new IllegalStateException("why"));
        now.set(T0.plusSeconds(61));
        assertThat(deaths.recently()).isEmpty();
        assertThat(deaths.last()).contains("IllegalStateException: why");
    }
}
