package io.tidemark.streams.administration;

import io.tidemark.schemas.Topic;
import io.tidemark.schemas.Topics;
import io.tidemark.streams.MeteringSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * How topics are made that are not there.
 *
 * @param partitions of every topic keyed by customer; final
 * @param replicas of each partition
 * @param inSync how many replicas must have a record before it counts as written
 * @param keepEvents how long events are kept in the topics they are sent to
 */
public record NewTopics(int partitions, int replicas, int inSync, Duration keepEvents) {

    /** One broker may be away, and what is acknowledged is still on another. */
    public static NewTopics of(MeteringSettings settings) {
        int replicas = settings.replicationFactor();
        return new NewTopics(settings.partitions(), replicas, inSyncOf(replicas), Topics.KEPT);
    }

    /** All replicas but one, and at least one. */
    public static int inSyncOf(int replicas) {
        return Math.max(1, replicas - 1);
    }

    NewTopic make(Topic topic, Topics topics) {
        Map<String, String> config = new HashMap<>(topic.config());
        config.put("min.insync.replicas", String.valueOf(inSync));
        if (List.of(topics.requests(), topics.usage(), topics.rejectedEvents()).contains(topic)) {
            config.put("retention.ms", String.valueOf(keepEvents.toMillis()));
        }
        return new NewTopic(topic.name(), topic.partitions(partitions), (short) replicas).configs(config);
    }
}
