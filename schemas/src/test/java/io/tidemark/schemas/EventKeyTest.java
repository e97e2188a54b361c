package io.tidemark.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
class EventKeyTest {

    @Test
    void isPlainTextSplitAtTheFirstSlash() {
        assertThat(new EventKey("acme", "a/b \u00e9\ud83d\ude00").bytes())
                .isEqualTo("acme/a/b \u00e9\ud83d\ude00".getBytes(UTF_8));
        assertThatThrownBy(() -> new EventKey("a/b", "c")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void isReadBackFromItsBytes() {
        var key = new EventKey("acme", "a/b \u00e9\ud83d\ude00");
        assertThat(EventKey.parse(key.bytes())).hasValue(key);
        assertThat(EventKey.parse("acme".getBytes(UTF_8))).isEmpty();
        assertThat(EventKey.parse(null)).isEmpty();
    }

    @Test
    void isPlacedWhereKafkasOwnProducerPlacesIt() {
        var random = new Random(1);
        for (int i = 0; i < 5_000; i++) {
            var customer = new StringBuilder("c");
            for (int length = random.nextInt(40); length > 0; length--) {
                customer.appendCodePoint(
                        List.of(0x61, 0x2f, 0xe9, 0x20ac, 0x1f600).get(random.nextInt(5)));
            }
            var key = new EventKey("acme", customer.toString());
            for (int partitions : new int[] {1, 6, 12, 48, 1_000}) {
                assertThat(key.partition(partitions))
                        .isEqualTo(BuiltInPartitioner.partitionForKey(key.bytes(), partitions));
            }
        }
    }

    @Test
    void neverMoves() {
        assertThat(new EventKey("acme", "customer_123").partition(12)).isEqualTo(7);
        assertThat(new EventKey("acme", "\u00e9\ud83d\ude00").partition(48)).isEqualTo(41);
    }
}
