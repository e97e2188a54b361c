package io.tidemark.streams.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
class HasteTest {
    private static final Duration LEAST = Duration.ofMillis(40);
    private static final Duration MOST = Duration.ofMillis(300);

    private final Haste haste = new Haste(LEAST, MOST);

    @Test
    void givesLittleWhilePeersAreFast() {
        assertThat(haste.given()).isEqualTo(LEAST);
        for (int i = 0; i < 200; i++) {
            haste.took(Duration.ofMillis(5));
        }
        assertThat(haste.given()).isBetween(Duration.ofMillis(59), Duration.ofMillis(60));
    }

    @Test
    void takesOneSlowAnswerForOne() {
        haste.took(Duration.ofSeconds(30));
        assertThat(haste.given()).isLessThan(Duration.ofMillis(120));
    }

    /** Else a peer that always takes a little longer would never be heard to the end. */
    @Test
    void givesMoreUntilSlowPeersAnswer() {
        int given = 0;
        while (haste.given().compareTo(Duration.ofMillis(200)) < 0) {
            haste.tookTooLong(haste.given());
            given++;
        }
        assertThat(given).isLessThan(20);
    }

    @Test
    void neverGivesMoreThanTheMost() {
        for (int i = 0; i < 1_000; i++) {
            haste.tookTooLong(haste.given());
        }
        assertThat(haste.given()).isEqualTo(MOST);
    }
}
