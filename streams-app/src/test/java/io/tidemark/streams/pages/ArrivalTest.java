package io.tidemark.streams.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.streams.event.Amounts;
import io.tidemark.streams.event.Event;
import io.tidemark.streams.event.EventKind;
import java.math.BigInteger;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
class ArrivalTest {
    private static final long OCCURRED = 1_792_497_600_000L;
    private static final long HOUR = 3_600_000;

    @Test
    void isLateMoreThanAnHourAfterItOccurred() {
        assertThat(arrival(0, OCCURRED + HOUR).late()).isFalse();
        assertThat(arrival(0, OCCURRED + HOUR + 1).late()).isTrue();
        assertThat(arrival(0, OCCURRED - HOUR).late()).isFalse();
        assertThat(arrival(0, OCCURRED + 1_999).appendedAt()).isEqualTo(OCCURRED / 1_000 + 1);
    }

    @Test
    void takesBackWhatIsBelowZero() {
        assertThat(arrival(1, OCCURRED).corrects()).isFalse();
        assertThat(arrival(-1, OCCURRED).corrects()).isTrue();
    }

    @Test
    void takesBackWhatIsFarBelowZero() {
        Amounts reading = Amounts.of(EventKind.USAGE);
        reading.add(Amounts.OfUsage.CREDITS, BigInteger.TWO.pow(90));
        assertThat(Arrival.of(event(reading), OCCURRED).corrects()).isFalse();
        reading.add(Amounts.OfUsage.COST, BigInteger.TWO.pow(90).negate());
        assertThat(Arrival.of(event(reading), OCCURRED).corrects()).isTrue();
    }

    private static Arrival arrival(long quantity, long appendedAt) {
        Amounts reading = Amounts.of(EventKind.USAGE);
        reading.add(Amounts.OfUsage.COUNT, 1);
        reading.add(Amounts.OfUsage.QUANTITY, quantity);
        return Arrival.of(event(reading), appendedAt);
    }

    private static Event event(Amounts reading) {
        return new Event(EventKind.USAGE, "acme", "c", "", "e", OCCURRED * 1_000, "m", "", reading, 0);
    }
}
