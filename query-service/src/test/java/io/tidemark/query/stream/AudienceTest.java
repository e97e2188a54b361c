package io.tidemark.query.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.query.keys.Caller;
import io.tidemark.query.keys.Scope;
import io.tidemark.streams.feed.ChangeCursor;
import io.tidemark.streams.feed.HeldChanges;
import java.time.Duration;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class AudienceTest {
    private final HeldChanges changes = new HeldChanges(100);
    private final Audience audience = new Audience();

    @Test
    void goesOnTogetherWhereverEachBegan() {
        OpenStream first = at(changes.now());
        tell("a");
        OpenStream second = at(changes.now());
        tell("b");
        OpenStream third = at(changes.now());
        List<Audience.Part> parts = audience.parts(List.of(first, second, third));
        assertThat(parts).hasSize(1);
        assertThat(parts.get(0).clients()).containsExactly(first, second, third);
        assertThat(heard(parts.get(0))).containsExactly("a", "b");
    }

    @Test
    void doesNotWaitForWhoIsSlow() {
        OpenStream slow = at(changes.now());
        OpenStream alsoSlow = at(changes.now());
        tell("a");
        OpenStream quick = at(changes.now());
        audience.parts(List.of(quick));
        tell("b");
        ChangeCursor further = changes.now();
        quick.isAt(further);
        audience.isAt(further);
        tell("c");
        List<Audience.Part> parts = audience.parts(List.of(slow, quick, alsoSlow));
        assertThat(parts).extracting(Audience.Part::clients).containsExactly(List.of(quick), List.of(slow, alsoSlow));
        assertThat(heard(parts.get(0))).containsExactly("c");
        assertThat(heard(parts.get(1))).containsExactly("a", "b", "c");
        slow.isAt(changes.now());
        assertThat(audience.parts(List.of(slow, quick))).hasSize(1);
    }

    /** Who goes on by an id may have heard some of what came later; others at the same number have not. */
    @Test
    void leavesWhoGoesOnByAnIdAlone() throws InterruptedException {
        ChangeCursor begun = changes.now();
        tell("a");
        audience.parts(List.of(at(changes.now())));
        OpenStream back = at(changes.at("acme", begun.token(), Duration.ZERO).orElseThrow());
        OpenStream slow = at(begun);
        assertThat(audience.parts(List.of(back, slow)))
                .extracting(Audience.Part::clients)
                .containsExactly(List.of(), List.of(back), List.of(slow));
    }

    @Test
    void beginsAnewWithWhoIsLeft() {
        audience.parts(List.of(at(changes.now())));
        tell("a");
        OpenStream later = at(changes.now());
        audience.isLost();
        List<Audience.Part> parts = audience.parts(List.of(later));
        assertThat(parts.get(0).clients()).containsExactly(later);
        assertThat(heard(parts.get(0))).isEmpty();
    }

    private void tell(String customer) {
        changes.tell("acme", customer, YearMonth.of(2026, 10), Optional.empty());
    }

    private List<String> heard(Audience.Part part) {
        return changes.after(part.from(), "acme", Optional.empty(), 100).orElseThrow().changes().stream()
                .map(told -> told.change().externalId())
                .toList();
    }

    /** Nothing is sent to it. */
    @SuppressWarnings("NullAway")
    private static OpenStream at(ChangeCursor place) {
        return new OpenStream(
                new Caller(Optional.of("acme"), Set.of(Scope.READ), "key"),
                Optional.empty(),
                null,
                place,
                Optional.empty(),
                0);
    }
}
