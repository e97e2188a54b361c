package io.tidemark.streams.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.streams.hot.HotStore;
import java.util.List;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
class ChangelogEndsTest {
    private static final long ENOUGH = HotStore.UNCOMPACTED.toMillis();

    @Test
    void areOfAChangelogThatKeepsItsRecordsForAWhile() {
        assertThat(ChangelogEnds.isKept(config(ENOUGH, "LogAppendTime"))).isTrue();
        assertThat(ChangelogEnds.isKept(config(ENOUGH * 2, "LogAppendTime"))).isTrue();
    }

    @Test
    void areNotOfOneThatMayLoseRecordsAtOnce() {
        assertThat(ChangelogEnds.isKept(config(ENOUGH - 1, "LogAppendTime"))).isFalse();
        assertThat(ChangelogEnds.isKept(config(0, "LogAppendTime"))).isFalse();
    }

    /** The age of the event may be weeks. */
    @Test
    void areNotOfOneWhoseRecordsBearTheTimeOfTheirEvents() {
        assertThat(ChangelogEnds.isKept(config(ENOUGH, "CreateTime"))).isFalse();
    }

    private static Config config(long minCompactionLag, String timestamps) {
        return new Config(List.of(
                new ConfigEntry("min.compaction.lag.ms", Long.toString(minCompactionLag)),
                new ConfigEntry("message.timestamp.type", timestamps)));
    }
}
