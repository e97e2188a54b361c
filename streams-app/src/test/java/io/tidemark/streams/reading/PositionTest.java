package io.tidemark.streams.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.streams.event.Coordinates;
import io.tidemark.streams.event.Fate;
import io.tidemark.streams.event.Progress;
import io.tidemark.streams.event.Source;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
class PositionTest {

    @Test
    void isReadBackFromItsToken() {
        for (List<Coordinates> parts : List.of(
                List.<Coordinates>of(),
                List.of(new Coordinates(Source.REQUESTS, 0, 0)),
                List.of(
                        new Coordinates(Source.USAGE, Integer.MAX_VALUE, Long.MAX_VALUE),
                        new Coordinates(Source.REKEY, 47, 12)))) {
            var position = new Position(parts);
            assertThat(Position.parse(position.token())).contains(position);
            assertThat(position.token()).matches("[A-Za-z0-9_-]*");
        }
    }

    @Test
    void isNothingOutOfGarbage() {
        var random = new Random(9);
        var garbage = new ArrayList<>(List.of("", "!", "AA", "Ag", "AQk", "AQ==x", "A".repeat(70_000), "\u00e9"));
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[1 + random.nextInt(40)];
            random.nextBytes(bytes);
            bytes[0] = (byte) random.nextInt(3);
            garbage.add(Base64.getUrlEncoder().encodeToString(bytes));
        }
        for (String token : garbage) {
            // Must not throw; some noise happens to be a position.
            Position.parse(token)
                    .ifPresent(position -> assertThat(position.parts()).isNotNull());
        }
        assertThat(Position.parse("")).isEmpty();
        assertThat(Position.parse("AQk")).isEmpty();
        assertThat(Position.parse("A".repeat(70_000))).isEmpty();
    }

    @Test
    void saysHowFarCustomersAreAndNothingOfProgress() {
        Position position = Position.parse(Position.ofCustomers(3, 17).token()).orElseThrow();
        assertThat(position.ofCustomers(3)).isEqualTo(17);
        assertThat(position.ofCustomers(2)).isEqualTo(-1);
        assertThat(position.names(3)).isTrue();
        assertThat(position.isContainedIn(List.of(at(Source.USAGE, 3, 5)))).isTrue();
    }

    @Test
    void isContainedInProgressThatIsAsFarInItsPartitions() {
        var position = new Position(List.of(new Coordinates(Source.USAGE, 1, 5), new Coordinates(Source.USAGE, 2, 9)));
        assertThat(position.isContainedIn(List.of(at(Source.USAGE, 1, 5)))).isTrue();
        assertThat(position.isContainedIn(List.of(at(Source.USAGE, 1, 4)))).isFalse();
        assertThat(position.isContainedIn(List.of(at(Source.REQUESTS, 1, 0))))
                .as("nothing of it lies there")
                .isTrue();
        assertThat(position.isContainedIn(List.of(at(Source.USAGE, 1, 6), at(Source.USAGE, 2, 8))))
                .isFalse();
        assertThat(position.isContainedIn(List.of(Progress.none(Source.USAGE, 1))))
                .isFalse();
    }

    @Test
    void isWithinAnAnswerThatSaysAsMuchOfThePartitionsItHas() {
        var position = new Position(List.of(
                new Coordinates(Source.USAGE, 1, 5),
                new Coordinates(Source.REQUESTS, 1, 7),
                new Coordinates(Source.CUSTOMERS, 1, 99),
                new Coordinates(Source.USAGE, 2, 9)));
        int[] both = {1, 2};
        assertThat(position.isWithin(answer(List.of(), 5, 7, 9), both)).isTrue();
        assertThat(position.isWithin(answer(List.of(), 6, 8, 10), both)).isTrue();
        assertThat(position.isWithin(answer(List.of(), 4, 7, 9), both)).isFalse();
        assertThat(position.isWithin(answer(List.of(), 5, 6, 9), both)).isFalse();
        assertThat(position.isWithin(answer(List.of(), 5, 7, 8), both)).isFalse();
        assertThat(position.isWithin(answer(List.of(), 5, 7, 8), new int[] {1}))
                .as("of the other nothing was asked")
                .isTrue();
        assertThat(position.isWithin(answer(List.of(2), 5, 7, 8), both))
                .as("of the other it says nothing")
                .isTrue();
        assertThat(position.isWithin(new Freshness(Instant.EPOCH, List.of(), new Position(List.of()).token()), both))
                .isFalse();
    }

    private static Freshness answer(List<Integer> missing, long usage, long requests, long other) {
        var has = new Position(List.of(
                new Coordinates(Source.USAGE, 1, 2),
                new Coordinates(Source.REQUESTS, 1, requests),
                new Coordinates(Source.USAGE, 1, usage),
                new Coordinates(Source.USAGE, 2, other)));
        return new Freshness(Instant.EPOCH, missing, has.token());
    }

    @Test
    void leavesOutWhatWasNeverRead() {
        assertThat(Position.of(List.of(Progress.none(Source.REKEY, 0), at(Source.USAGE, 1, 5))))
                .isEqualTo(new Position(List.of(new Coordinates(Source.USAGE, 1, 5))));
    }

    private static Progress at(Source source, int partition, long offset) {
        var progress = Progress.none(source, partition);
        progress.handled(offset, 1, Fate.COUNTED);
        return progress;
    }
}
