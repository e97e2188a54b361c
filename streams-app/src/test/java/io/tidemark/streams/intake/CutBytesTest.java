package io.tidemark.streams.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.schemas.Topics;
import java.nio.ByteBuffer;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@NullMarked
class CutBytesTest {
    private static final int TOO_LARGE = Topics.LARGEST_EVENT + 1;

    private final Headers headers = new RecordHeaders();

    @Test
    void leavesWhatMayBeCountedAsItIs() {
        byte @Nullable [] taken = value(Topics.LARGEST_EVENT);
        assertThat(taken).hasSize(Topics.LARGEST_EVENT);
        assertThat(CutBytes.wholeValue(headers, taken)).isEqualTo(Topics.LARGEST_EVENT);
        assertThat(headers).isEmpty();
    }

    @Test
    void keepsTheBeginningAndTheSizeOfWhatIsLarger() {
        byte @Nullable [] key = CutBytes.ofKeys().deserialize("t", headers, ByteBuffer.allocate(TOO_LARGE + 1));
        byte @Nullable [] value = value(TOO_LARGE);
        assertThat(key).hasSize(CutBytes.KEPT);
        assertThat(value).hasSize(CutBytes.KEPT);
        assertThat(CutBytes.wholeKey(headers, key)).isEqualTo(TOO_LARGE + 1);
        assertThat(CutBytes.wholeValue(headers, value)).isEqualTo(TOO_LARGE);
    }

    @Test
    void believesNoProducerThatUsesItsNames() {
        headers.add("cut-value", new byte[] {'x'}).add("cut-key", new byte[] {'x'});
        byte @Nullable [] taken = value(CutBytes.KEPT);
        assertThat(CutBytes.wholeValue(headers, taken)).isEqualTo(CutBytes.KEPT);
        assertThat(CutBytes.wholeKey(headers, null)).isZero();
    }

    @Test
    void letsHeadersGoThatAreNotOurs() {
        headers.add("theirs", new byte[1_000_000])
                .add("tidemark-offset", new byte[] {'7'})
                .add("tidemark-large", new byte[1_000_000]);
        assertThat(value(10)).hasSize(10);
        assertThat(headers).extracting(header -> header.key()).containsExactly("tidemark-offset");
    }

    @Test
    void isNotHeldUpByAMillionHeaders() {
        for (int i = 0; i < 1_000_000; i++) {
            headers.add(i % 2 == 0 ? "h" + i : "cut-value", new byte[0]);
        }
        byte @Nullable [] taken = value(TOO_LARGE);
        assertThat(CutBytes.wholeValue(headers, taken)).isEqualTo(TOO_LARGE);
    }

    private byte @Nullable [] value(int bytes) {
        return CutBytes.ofValues().deserialize("t", headers, ByteBuffer.allocate(bytes));
    }
}
