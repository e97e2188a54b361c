package io.tidemark.streams;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.streams.fixtures.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription.Node;
import org.apache.kafka.streams.TopologyDescription.Subtopology;
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
    void countsInTheFirstSubTopologyAndHasTheDirectoryInTheSecond() {
        // Their numbers are part of the names of state directories: they never change.
        var sources = topology.describe().subtopologies().stream()
                .collect(toMap(
                        Subtopology::id,
                        part -> part.nodes().stream().map(Node::name).collect(toSet())));
        assertThat(sources).hasSize(2);
        assertThat(sources.get(0)).contains("requests", "usage", "rekeyed", "customers");
        assertThat(sources.get(1)).contains("directory-commands", "directory");
        assertThat(topology.describe().globalStores()).isEmpty();
    }
}
