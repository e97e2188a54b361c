package io.tidemark.query.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
class ReplayWindowTest {

    @Test
    void takesEachOnceInWhateverOrderTheyCome() {
        for (int seed = 0; seed < 50; seed++) {
            var random = new Random(seed);
            var window = new ReplayWindow(0);
            var calls = new ArrayList<Long>();
            for (long i = 0; i < 5_000; i++) {
                calls.add(i);
                if (random.nextInt(3) == 0) {
                    calls.add(i);
                }
            }
            // Overtaking each other by less than the window is wide.
            for (int from = 0; from + 3_000 < calls.size(); from += 1_000) {
                Collections.shuffle(calls.subList(from, from + 3_000), random);
            }
            Set<Long> come = new HashSet<>();
            for (long call : calls) {
                assertThat(window.isNew(call, 0)).as("seed %d", seed).isEqualTo(come.add(call));
            }
        }
    }

    @Test
    void takesNoneThatIsTooFarBehindToBeTold() {
        var window = new ReplayWindow(0);
        assertThat(window.isNew(5, 0)).isTrue();
        assertThat(window.isNew(5L + ReplayWindow.WIDTH, 0)).isTrue();
        assertThat(window.isNew(5, 0)).isFalse();
        assertThat(window.isNew(4, 0)).isFalse();
        assertThat(window.isNew(6, 0)).isTrue();
        assertThat(window.isNew(10L * ReplayWindow.WIDTH, 0)).isTrue();
        assertThat(window.isNew(10L * ReplayWindow.WIDTH - 1, 0)).isTrue();
        assertThat(window.isNew(10L * ReplayWindow.WIDTH, 0)).isFalse();
    }
}
