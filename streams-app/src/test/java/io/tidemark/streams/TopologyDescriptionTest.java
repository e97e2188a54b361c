package io.tidemark.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.streams.fixtures.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.kafka.streams.Topology;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** {@code docs/topology.txt} is the topology, so that a change of its shape is seen in review. */
@NullMarked
class TopologyDescriptionTest {
    private static final Path GOLDEN = Path.of("..", "docs", "topology.txt");

    private final Topology topology = Machine.topology();

    @Test
    void isWhatTheDocumentSays() throws IOException {
        String described = topology.describe().toString();
        if (Boolean.getBoolean("tidemark.golden.write")) {
            Files.writeString(GOLDEN, described);
        }
        assertThat(Files.exists(GOLDEN) ? Files.readString(GOLDEN) : "")
                .as("docs/topology.txt; if the change is meant, write it anew: ./mvnw -pl streams-app -am test"
                        + " -Dtest=TopologyDescriptionTest -Dsurefire.failIfNoSpecifiedTests=false"
                        + " -Dtidemark.golden.write=true")
                .isEqualTo(described);
    }

    @Test
    void isOneSubTopology() {
        assertThat(topology.describe().subtopologies()).hasSize(1);
        assertThat(topology.describe().globalStores()).isEmpty();
    }
}
