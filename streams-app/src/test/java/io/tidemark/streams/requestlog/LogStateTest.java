package io.tidemark.streams.requestlog;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.streams.event.Counts;
import io.tidemark.streams.event.Earlier;
import io.tidemark.streams.event.Progress;
import io.tidemark.streams.event.Source;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** What a task that begins finds out of what was counted without the log. */
@NullMarked
class LogStateTest {
    private static final long EARLY = 300_000;
    private static final long APPENDED = 1_700_000_000_500L;
    private static final long UNTIL = 1_700_000_301L;

    @Test
    void nothingIsMissingWhereNothingWasCounted() {
        LogState begun = LogState.at(null, progress(0, 0), EARLY);
        assertThat(begun.gapUntil()).isZero();
    }

    @Test
    void allIsMissingThatWasCountedBeforeThereWasALog() {
        assertThat(LogState.at(null, progress(5, 0), EARLY).gapUntil()).isEqualTo(UNTIL);
        assertThat(LogState.at(null, progress(0, 5), EARLY).gapUntil()).isEqualTo(UNTIL);
    }

    @Test
    void nothingIsMissingWhereAllThatWasCountedWasLogged() {
        var left = new LogState(5, 7, 3, 2, 1);
        assertThat(LogState.at(left.encode(), progress(5, 7), EARLY)).isEqualTo(left);
    }

    @Test
    void whatWasCountedMeanwhileIsMissing() {
        var left = new LogState(5, 7, 3, 2, 1);
        assertThat(LogState.at(left.encode(), progress(6, 7), EARLY)).isEqualTo(new LogState(6, 7, 3, 2, UNTIL));
        assertThat(LogState.at(left.encode(), progress(5, 8), EARLY)).isEqualTo(new LogState(5, 8, 3, 2, UNTIL));
    }

    @Test
    void topicsThatWereMadeAnewLackNothing() {
        var left = new LogState(5, 7, 3, 2, 9);
        List<Progress> anew = List.of(
                Progress.none(Source.REQUESTS, 0), Progress.none(Source.USAGE, 0), Progress.none(Source.REKEY, 0));
        assertThat(LogState.at(left.encode(), anew, EARLY).gapUntil()).isEqualTo(EARLY / 1_000 + 1);
    }

    private static List<Progress> progress(long requests, long rekeyed) {
        return List.of(
                of(Source.REQUESTS, requests, APPENDED),
                of(Source.USAGE, 99, APPENDED + 1_000_000),
                of(Source.REKEY, rekeyed, APPENDED - 1_000));
    }

    private static Progress of(Source source, long counted, long appendedAt) {
        return new Progress(
                source,
                0,
                counted,
                appendedAt,
                Counts.of(counted, counted),
                -1,
                0,
                new Earlier(Earlier.NONE, 0, 0, new Counts()),
                0);
    }
}
