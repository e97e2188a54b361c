package io.tidemark.streams.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
class OrphansTest {
    private static final String ONE = "0f0c1c4e-1111-4222-8333-0123456789ab";
    private static final String TWO = "0f0c1c4e-2222-4222-8333-0123456789ab";

    private final Orphans orphans = new Orphans("tidemark");

    private static String transactions(String process, int thread) {
        return "tidemark-" + process + "-" + thread;
    }

    private static String member(String process, int thread) {
        return "tidemark-" + process + "-StreamThread-" + thread + "-consumer";
    }

    @Test
    void areThoseWhoseThreadIsNotInTheGroupAtTwoLooks() {
        var open = Map.of(transactions(ONE, 1), 7L, transactions(TWO, 1), 8L);
        var members = List.of(member(TWO, 1), member(TWO, 2));
        assertThat(orphans.among(open, members)).isEmpty();
        assertThat(orphans.among(open, members)).containsExactly(transactions(ONE, 1));
    }

    @Test
    void areNotThoseOfWhoIsInTheGroup() {
        var open = Map.of(transactions(ONE, 1), 7L);
        for (int look = 0; look < 3; look++) {
            assertThat(orphans.among(open, List.of(member(ONE, 1)))).isEmpty();
        }
    }

    @Test
    void areThoseOfAThreadThatDiedInAProcessThatLives() {
        var open = Map.of(transactions(ONE, 2), 7L);
        var members = List.of(member(ONE, 1), member(ONE, 3));
        orphans.among(open, members);
        assertThat(orphans.among(open, members)).containsExactly(transactions(ONE, 2));
    }

    @Test
    void areAllWhereNobodyIsInTheGroup() {
        var open = Map.of(transactions(ONE, 1), 7L, transactions(TWO, 1), 8L);
        orphans.among(open, List.of());
        assertThat(orphans.among(open, List.of())).containsExactly(transactions(ONE, 1), transactions(TWO, 1));
    }

    @Test
    void areNotThoseThatSomebodyEndedBetweenTwoLooks() {
        orphans.among(Map.of(transactions(ONE, 1), 7L), List.of());
        assertThat(orphans.among(Map.of(transactions(ONE, 1), 9L), List.of()))
                .as("another producer bears the id by now")
                .isEmpty();
        orphans.none();
        assertThat(orphans.among(Map.of(transactions(ONE, 1), 9L), List.of())).isEmpty();
    }

    @Test
    void areNotThoseOfAnInstanceThatJoinedInBetween() {
        var open = Map.of(transactions(ONE, 1), 7L);
        orphans.among(open, List.of(member(TWO, 1)));
        assertThat(orphans.among(open, List.of(member(TWO, 1), member(ONE, 1)))).isEmpty();
        assertThat(orphans.among(open, List.of(member(TWO, 1))))
                .as("counted from the beginning")
                .isEmpty();
    }

    @Test
    void areNotThoseOfOtherApplications() {
        var open = Map.of(
                "tidemark-two-" + ONE + "-1",
                1L,
                "tidemark-" + ONE,
                2L,
                "tidemark-" + ONE + "-1-2",
                3L,
                "tidemark",
                4L,
                "billing-1",
                5L,
                "tidemark" + ONE + "-1",
                6L);
        orphans.among(open, List.of());
        assertThat(orphans.among(open, List.of())).isEmpty();
    }

    /** A member that bears another name may be any of those whose transactions are open. */
    @Test
    void areNobodysWhereAMemberCannotBeToldByItsName() {
        var open = Map.of(transactions(ONE, 1), 7L);
        var members = List.of("mine-StreamThread-1-consumer", member(TWO, 1));
        orphans.among(open, members);
        assertThat(orphans.among(open, members)).isEmpty();
    }

    @Test
    void ofAFormerLifeAreThoseOfTheSameProcess() {
        var open = List.of(
                transactions(ONE, 1), transactions(ONE, 12), transactions(TWO, 1), "tidemark-two-" + ONE + "-1");
        assertThat(orphans.of(ONE, open)).containsExactly(transactions(ONE, 1), transactions(ONE, 12));
    }
}
