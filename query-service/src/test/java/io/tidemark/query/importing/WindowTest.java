package io.tidemark.query.importing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tidemark.query.importing.RowOutcome.Done;
import io.tidemark.query.importing.RowOutcome.Fate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class WindowTest {
    private static final Duration A_WHILE = Duration.ofMillis(100);
    private static final Optional<RowOutcome> DONE = Optional.of(new Done(Fate.CREATED));

    private final List<Long> kept = new ArrayList<>();
    private final Window window = new Window(2, 1, (row, outcome) -> kept.add(row.number()));

    private static Row row(long number, String id) {
        var content = JsonNodeFactory.instance.objectNode().put("external_id", id);
        return new Row(number, number, "", content, List.of(), false);
    }

    private CompletableFuture<Boolean> admission(Row row) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return window.admit(row);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @Test
    void keepsRowsInTheOrderOfTheFile() throws Exception {
        Row first = row(1, "a");
        Row second = row(2, "b");
        assertThat(window.admit(first) && window.admit(second)).isTrue();
        window.back(second, DONE);
        assertThat(kept).isEmpty();
        window.back(first, DONE);
        assertThat(kept).containsExactly(1L, 2L);
    }

    @Test
    void keepsNothingAfterARowThatWasGivenUp() throws Exception {
        Row first = row(1, "a");
        Row second = row(2, "b");
        assertThat(window.admit(first) && window.admit(second)).isTrue();
        window.back(first, Optional.empty());
        window.back(second, DONE);
        window.awaitAllBack();
        assertThat(kept).isEmpty();
    }

    @Test
    void letsNoMoreGoThanMayAtOnce() throws Exception {
        Row first = row(1, "a");
        assertThat(window.admit(first) && window.admit(row(2, "b"))).isTrue();
        var third = admission(row(3, "c"));
        assertThat(isDoneSoon(third)).isFalse();
        window.back(first, DONE);
        assertThat(third.get()).isTrue();
    }

    @Test
    void letsOneOfACustomerGoAfterTheOther() throws Exception {
        Row first = row(1, "same");
        assertThat(window.admit(first)).isTrue();
        var second = admission(row(2, "same"));
        assertThat(isDoneSoon(second)).isFalse();
        window.back(first, DONE);
        assertThat(second.get()).isTrue();
    }

    @Test
    void doesNotRunAheadOfARowThatTakesLong() throws Exception {
        assertThat(window.admit(row(1, "slow"))).isTrue();
        for (int number = 2; number <= 32; number++) {
            Row quick = row(number, "q");
            assertThat(window.admit(quick)).isTrue();
            window.back(quick, DONE);
        }
        var next = admission(row(33, "q"));
        assertThat(isDoneSoon(next)).isFalse();
        window.halt();
        assertThat(next.get()).isFalse();
    }

    @Test
    void isDoneSoonATurnUntilAllBeforeAreDone() throws Exception {
        Row first = row(1, "a");
        Row second = row(2, "b");
        assertThat(window.admit(first) && window.admit(second)).isTrue();
        var turn = CompletableFuture.supplyAsync(() -> {
            try {
                return window.awaitTurn(second);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(isDoneSoon(turn)).isFalse();
        window.back(first, DONE);
        assertThat(turn.get()).isTrue();
    }

    @Test
    void endsWhenWhatIsDoneCannotBeKept() throws Exception {
        var full = new Window(1, 1, (row, outcome) -> {
            throw new IOException("disk full");
        });
        Row first = row(1, "a");
        assertThat(full.admit(first)).isTrue();
        full.back(first, DONE);
        assertThat(full.admit(row(2, "b"))).isFalse();
        assertThat(full.why().orElseThrow()).isInstanceOf(UncheckedIOException.class);
    }

    /** Whether it is done within a while. */
    private static boolean isDoneSoon(CompletableFuture<Boolean> something) {
        return something
                .handle((done, failed) -> true)
                .completeOnTimeout(false, A_WHILE.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }
}
