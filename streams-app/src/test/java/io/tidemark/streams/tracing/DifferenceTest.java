package io.tidemark.streams.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.streams.originals.Contents;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@NullMarked
class DifferenceTest {
    @Test
    void isWhatTwoRecordsOfOneIdentitySayDifferently() {
        assertThat(Difference.between(
                        said("id", "e", "credits", "1.5", "tags", Map.of("a", "b")),
                        said("id", "other", "credits", "2", "tags", Map.of("a", "b"))))
                .containsExactly(new Difference("credits", "1.5", "2"));
    }

    @Test
    void isNotWhatSaysNothingInOneWayOrAnother() {
        assertThat(Difference.between(
                        said("model", null, "tags", Map.of(), "credits", "0", "input_tokens", 0L, "flow", ""), said()))
                .isEmpty();
        assertThat(Difference.between(said(), said("input_tokens", 1L)))
                .containsExactly(new Difference("input_tokens", null, 1L));
    }

    @Test
    void isNotKnownOfWhatCannotBeRead() {
        assertThat(Difference.between(said("credits", "1"), new Contents.Unreadable("broken")))
                .isEqualTo(List.of());
    }

    private static Contents said(@Nullable Object... pairs) {
        var fields = new HashMap<String, @Nullable Object>();
        for (int i = 0; i < pairs.length; i += 2) {
            fields.put(String.valueOf(pairs[i]), pairs[i + 1]);
        }
        return new Contents.Said(1, "io.tidemark.events.RequestEvent", fields);
    }
}
