package io.tidemark.streams.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.streams.event.Fate;
import io.tidemark.streams.event.Progress;
import io.tidemark.streams.event.Source;
import io.tidemark.streams.hot.BytesOut;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
class ProgressRecordTest {

    @Test
    void isReadBackAsItWasWritten() {
        var progress = Progress.none(Source.USAGE, 3);
        long offset = 0;
        for (Fate fate : Fate.values()) {
            for (int i = 0; i <= fate.label().length(); i++) {
                progress.handled(offset++, 1_790_000_000_000L + offset, fate);
            }
        }
        progress.released(Fate.REJECTED);

        Progress read = ProgressRecord.decode(Source.USAGE, 3, ProgressRecord.encode(progress, new BytesOut()));

        assertThat(read.offset()).isEqualTo(progress.offset());
        assertThat(read.appendedAt()).isEqualTo(progress.appendedAt());
        assertThat(read.read()).isEqualTo(progress.read());
        long fates = 0;
        for (Fate fate : Fate.values()) {
            assertThat(read.count(fate)).as("%s", fate).isEqualTo(progress.count(fate));
            fates += read.count(fate);
        }
        assertThat(fates).isEqualTo(read.read());
    }

    @Test
    void readsZeroForAFateThatDidNotExistWhenItWasWritten() {
        byte[] older = new BytesOut()
                .raw((byte) 1)
                .number(9)
                .number(8)
                .number(10)
                .number(-1)
                .number(0)
                .number(2)
                .number(6)
                .number(4)
                .toBytes();
        Progress read = ProgressRecord.decode(Source.REQUESTS, 0, older);
        assertThat(read.count(Fate.COUNTED)).isEqualTo(6);
        assertThat(read.count(Fate.DUPLICATE)).isEqualTo(4);
        assertThat(read.count(Fate.PARKED)).isZero();
    }

    @Test
    void refusesAFateOfALaterBuild() {
        var newer = new BytesOut()
                .raw((byte) 1)
                .number(9)
                .number(8)
                .number(10)
                .number(-1)
                .number(0);
        int fates = Fate.values().length + 1;
        newer.number(fates);
        for (int i = 0; i < fates; i++) {
            newer.number(1);
        }
        assertThatThrownBy(() -> ProgressRecord.decode(Source.REQUESTS, 0, newer.toBytes()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("newer build");
    }

    @Test
    void isKeptByTopicIdSoThatATopicMadeAgainBeginsAgain() {
        assertThat(ProgressRecord.key(new Uuid(1, 1), 0)).isNotEqualTo(ProgressRecord.key(new Uuid(1, 2), 0));
        assertThat(ProgressRecord.key(new Uuid(1, 1), 0)).isNotEqualTo(ProgressRecord.key(new Uuid(1, 1), 1));
    }
}
