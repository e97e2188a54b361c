package io.tidemark.streams.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.schemas.EventKey;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
class PseudonymTest {
    @Test
    void liesWhereTheCustomerDidAndTellsNothingOfIt() {
        var random = new Random(7);
        Set<Integer> partitions = new HashSet<>();
        for (int i = 0; i < 500; i++) {
            String id = "customer " + i;
            String pseudonym = Pseudonym.of("acme", id, 48, () -> new UUID(random.nextLong(), random.nextLong()));
            int partition = new EventKey("acme", id).partition(48);
            assertThat(new EventKey("acme", pseudonym).partition(48)).isEqualTo(partition);
            assertThat(Pseudonym.is(pseudonym)).isTrue();
            partitions.add(partition);
        }
        assertThat(partitions).hasSize(48);
        assertThat(Pseudonym.is("erased-customer")).isFalse();
    }
}
