package io.tidemark.dev.observability;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class BoardTest {
    private static final int WIDTH = 24;

    private static JsonNode board;

    @BeforeAll
    static void read() throws IOException {
        board = Watched.board();
    }

    @Test
    void asksTheSourceThatIsChosenAndTheProvisionedOneAtFirst() throws IOException {
        JsonNode source = board.at("/templating/list/0");
        assertThat(source.get("type").asText()).isEqualTo("datasource");
        assertThat(source.at("/current/value").asText())
                .isEqualTo(Provisioned.source().get("uid"));
        assertThat(panels()).filteredOn(panel -> !isRow(panel)).allSatisfy(panel -> {
            assertThat(panel.at("/datasource/uid").asText()).isEqualTo("${datasource}");
            assertThat(panel.get("targets")).isNotEmpty().allSatisfy(target -> {
                assertThat(target.at("/datasource/uid").asText()).isEqualTo("${datasource}");
                assertThat(target.get("expr").asText()).contains("$application");
            });
        });
    }

    @Test
    void saysOfEachPanelWhatItShowsAndInWhichUnit() {
        assertThat(panels()).filteredOn(panel -> !isRow(panel)).allSatisfy(panel -> {
            assertThat(panel.get("title").asText()).isNotBlank();
            assertThat(panel.get("description").asText()).isNotBlank();
            assertThat(panel.at("/fieldConfig/defaults/unit").asText()).isNotBlank();
        });
    }

    @Test
    void hasPanelsThatDoNotLieOnEachOther() {
        var ids = new HashSet<Integer>();
        var cells = new HashSet<Integer>();
        for (JsonNode panel : panels()) {
            assertThat(ids.add(panel.get("id").asInt()))
                    .as("id of %s", panel.get("title"))
                    .isTrue();
            JsonNode at = panel.get("gridPos");
            assertThat(at.get("x").asInt() + at.get("w").asInt()).isLessThanOrEqualTo(WIDTH);
            for (int x = at.get("x").asInt();
                    x < at.get("x").asInt() + at.get("w").asInt();
                    x++) {
                for (int y = at.get("y").asInt();
                        y < at.get("y").asInt() + at.get("h").asInt();
                        y++) {
                    assertThat(cells.add(y * WIDTH + x))
                            .as("%s at %d, %d", panel.get("title"), x, y)
                            .isTrue();
                }
            }
        }
    }

    @Test
    void hasItsRowsInTheOrderInWhichOneAsks() {
        assertThat(panels())
                .filteredOn(BoardTest::isRow)
                .extracting(row -> row.get("title").asText())
                .containsExactly("Is it counting?", "Is it exact?", "Cluster", "HTTP", "Process, RocksDB and disk");
    }

    private static boolean isRow(JsonNode panel) {
        return panel.get("type").asText().equals("row");
    }

    private static List<JsonNode> panels() {
        return StreamSupport.stream(board.get("panels").spliterator(), false)
                .collect(ArrayList::new, ArrayList::add, ArrayList::addAll);
    }
}
