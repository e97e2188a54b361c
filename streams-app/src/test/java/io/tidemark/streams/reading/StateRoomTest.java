package io.tidemark.streams.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NullMarked
class StateRoomTest {
    @TempDir
    private Path directory;

    @Test
    void saysWhereLittleIsLeft() {
        assertThat(new StateRoom(directory, any -> StateRoom.LEAST).shortage()).isEmpty();
        assertThat(new StateRoom(directory, any -> StateRoom.LEAST - 1).shortage())
                .hasValueSatisfying(
                        why -> assertThat(why).contains(directory.toString(), String.valueOf(StateRoom.LEAST - 1)));
    }

    @Test
    void looksAtTheDiskOnWhichItWillBeMade() {
        assertThat(StateRoom.of(directory.resolve("not").resolve("yet")).shortage())
                .isEmpty();
    }
}
