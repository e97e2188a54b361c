package io.tidemark.query.exporting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WholeFileTest {
    @TempDir
    private Path directory = Path.of("");

    private List<Path> files() throws IOException {
        try (var files = Files.list(directory)) {
            return files.toList();
        }
    }

    @Test
    void isThereWhenItIsKept() throws Exception {
        Path target = directory.resolve("a.csv");
        try (WholeFile file = WholeFile.at(target)) {
            file.writer().write("Zoë\r\n");
            assertThat(target).doesNotExist();
            file.keep();
        }
        assertThat(target).hasContent("Zoë");
        assertThat(files()).containsExactly(target);
    }

    @Test
    void leavesWhatWasThereWhereItIsNot() throws Exception {
        Path target = Files.writeString(directory.resolve("a.csv"), "old");
        try (WholeFile file = WholeFile.at(target)) {
            file.writer().write("new");
            file.writer().flush();
            assertThat(files()).hasSize(2);
        }
        assertThat(target).hasContent("old");
        assertThat(files()).containsExactly(target);
    }

    @Test
    void takesThePlaceOfWhatALinkLeadsTo() throws Exception {
        Path target = Files.writeString(directory.resolve("a.csv"), "old");
        Path link = Files.createSymbolicLink(directory.resolve("link.csv"), target);
        try (WholeFile file = WholeFile.at(link)) {
            file.writer().write("new");
            file.keep();
        }
        assertThat(link).isSymbolicLink();
        assertThat(target).hasContent("new");
    }

    @Test
    void isNotKeptOnceItWasGivenUp() throws Exception {
        WholeFile file = WholeFile.at(directory.resolve("a.csv"));
        file.close();
        assertThatThrownBy(file::keep).isInstanceOf(IOException.class);
        assertThat(files()).isEmpty();
    }

    @Test
    void saysWhereItCannotBe() {
        var faults = new ArrayList<String>();
        WholeFile.check(directory.resolve("a.csv"), faults);
        WholeFile.check(Path.of("relative.csv"), faults);
        assertThat(faults).isEmpty();
        WholeFile.check(directory, faults);
        WholeFile.check(Path.of("/dev/null"), faults);
        WholeFile.check(directory.resolve("no/a.csv"), faults);
        assertThat(faults).hasSize(3);
    }
}
