package io.tidemark.streams.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class UuidV7Test {
    @Test
    void isAsTheRfcSays() {
        // The example of RFC 9562, appendix A.6: Tuesday, February 22, 2022 2:22:22.00 PM GMT-05:00.
        UUID id = UuidV7.next(Instant.parse("2022-02-22T19:22:22Z"), new Random(1));
        assertThat(id.toString()).startsWith("017f22e2-79b0-7");
        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
    }

    @Test
    void sortsByTimeAndDiffersWithinAMillisecond() {
        var random = new Random(2);
        UUID first = UuidV7.next(Instant.ofEpochMilli(1_000), random);
        assertThat(UuidV7.next(Instant.ofEpochMilli(1_000), random)).isNotEqualTo(first);
        assertThat(UuidV7.next(Instant.ofEpochMilli(1_001), random).toString()).isGreaterThan(first.toString());
    }
}
