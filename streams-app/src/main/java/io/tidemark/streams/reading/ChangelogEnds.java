package io.tidemark.streams.reading;

import io.tidemark.streams.administration.Asked;
import io.tidemark.streams.hot.HotStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the hot store's changelog ends, if it is kept as {@link Copies} need it. */
final class ChangelogEnds {
    private static final Logger LOG = LoggerFactory.getLogger(ChangelogEnds.class);

    private final Admin admin;
    private final String changelog;
    private boolean asked;
    private boolean isKept;

    ChangelogEnds(Admin admin, String changelog) {
        this.admin = admin;
        this.changelog = changelog;
    }

    /**
     * The offset that the next record would get, whether those before are committed or not; empty where the changelog may
     * lose records too soon.
     */
    Map<Integer, Long> of(Set<Integer> partitions) {
        if (partitions.isEmpty() || !isKept()) {
            return Map.of();
        }
        var asking = new HashMap<TopicPartition, OffsetSpec>();
        partitions.forEach(partition -> asking.put(new TopicPartition(changelog, partition), OffsetSpec.latest()));
        var ends = new HashMap<Integer, Long>();
        Asked.of(admin.listOffsets(asking).all()).forEach((at, end) -> ends.put(at.partition(), end.offset()));
        return ends;
    }

    private boolean isKept() {
        if (!asked) {
            var topic = new ConfigResource(ConfigResource.Type.TOPIC, changelog);
            Config config = Objects.requireNonNull(
                    Asked.of(admin.describeConfigs(List.of(topic)).all()).get(topic));
            isKept = isKept(config);
            asked = true;
            if (!isKept) {
                LOG.warn(
                        "copies are not answered from because={} needs min.compaction.lag.ms={} and"
                                + " message.timestamp.type=LogAppendTime",
                        changelog,
                        HotStore.UNCOMPACTED.toMillis());
            }
        }
        return isKept;
    }

    static boolean isKept(Config config) {
        return Long.parseLong(config.get(TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG)
                                .value())
                        >= HotStore.UNCOMPACTED.toMillis()
                && config.get(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG).value().equals("LogAppendTime");
    }
}
