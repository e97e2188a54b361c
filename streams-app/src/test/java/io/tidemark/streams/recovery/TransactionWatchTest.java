package io.tidemark.streams.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
class TransactionWatchTest {
    private static final String DEAD = "tidemark-0f0c1c4e-1111-4222-8333-0123456789ab-1";
    private static final String LIVING = "tidemark-0f0c1c4e-2222-4222-8333-0123456789ab-StreamThread-1-consumer";

    private final Broker broker = new Broker();
    private final TransactionWatch watch = new TransactionWatch(broker, "tidemark");

    /** What the watch sees of Kafka. */
    private static final class Broker implements OpenTransactions {
        private final Map<String, Long> open = new HashMap<>();
        private final List<String> asked = new ArrayList<>();
        private Collection<String> members = List.of(LIVING);

        @Override
        public Map<String, Long> open(Duration atLeast) {
            asked.add("open");
            return Map.copyOf(open);
        }

        @Override
        public Collection<String> members() {
            asked.add("members");
            return members;
        }

        @Override
        public void end(Collection<String> transactionalIds) {
            asked.add("end " + transactionalIds);
            open.keySet().removeAll(transactionalIds);
        }
    }

    @Test
    void endsWhatIsLeftAtItsSecondLookAndOnce() {
        broker.open.put(DEAD, 1L);
        watch.look();
        assertThat(broker.open).isNotEmpty();
        watch.look();
        watch.look();
        assertThat(broker.open).isEmpty();
        assertThat(broker.asked).containsOnlyOnce("end [" + DEAD + "]");
    }

    /** The other way round, one who joined and began in between would look as if it were dead. */
    @Test
    void asksWhoIsThereAfterWhatIsOpen() {
        broker.open.put(DEAD, 1L);
        watch.look();
        assertThat(broker.asked).containsExactly("open", "members");
    }

    @Test
    void asksForNobodyWhereNothingIsOpen() {
        watch.look();
        assertThat(broker.asked).containsExactly("open");
    }

    @Test
    void endsAtOnceWhatItsOwnProcessLeftInAFormerLife() {
        broker.open.put(DEAD, 1L);
        broker.open.put("tidemark-0f0c1c4e-2222-4222-8333-0123456789ab-3", 2L);
        watch.endFormer(LIVING);
        assertThat(broker.open).containsOnlyKeys(DEAD);
    }
}
