package io.tidemark.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CountersThatComeTest {
    private static final Tags OF_THREE = Tags.of("partition", "3");
    private static final Tags OF_FOUR = Tags.of("partition", "4");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final CountersThatCome counters = new CountersThatCome(registry, "read", "Records read");

    @Test
    void showWhatTheyAreToldAndGoWithTheirPartition() {
        counters.show(Map.of(OF_THREE, 5L, OF_FOUR, 7L));
        counters.show(Map.of(OF_THREE, 6L, OF_FOUR, 7L));
        assertThat(counter(OF_THREE).count()).isEqualTo(6);
        assertThat(counter(OF_THREE).getId().getDescription()).isEqualTo("Records read");
        counters.show(Map.of(OF_FOUR, 9L));
        assertThat(registry.find("read").tags(OF_THREE).meter()).isNull();
        assertThat(counter(OF_FOUR).count()).isEqualTo(9);
    }

    /** A partition that comes back is counted on where it is, by whoever counted it meanwhile. */
    @Test
    void comeBack() {
        counters.show(Map.of(OF_THREE, 5L));
        counters.show(Map.of());
        counters.show(Map.of(OF_THREE, 11L));
        assertThat(counter(OF_THREE).count()).isEqualTo(11);
    }

    /** Who asks just then would take all there ever was for what came since. */
    @Test
    void areNeverZeroBeforeTheyAreTold() {
        var first = new ArrayList<Double>();
        registry.config().onMeterAdded(added -> first.add(((FunctionCounter) added).count()));
        counters.show(Map.of(OF_THREE, 5L));
        assertThat(first).containsExactly(5.0);
    }

    private FunctionCounter counter(Tags tags) {
        return registry.get("read").tags(tags).functionCounter();
    }
}
