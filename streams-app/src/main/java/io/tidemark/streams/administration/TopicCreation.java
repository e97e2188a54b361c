package io.tidemark.streams.administration;

import io.tidemark.schemas.Topic;
import io.tidemark.schemas.Topics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Sees which of our topics there are, and makes the others. */
final class TopicCreation {
    private static final int TRIES = 50;
    private static final long BETWEEN_TRIES_MILLIS = 100;

    private final Admin admin;
    private final Topics topics;

    TopicCreation(Admin admin, Topics topics) {
        this.admin = admin;
        this.topics = topics;
    }

    /** Those there are. */
    Map<Topic, TopicDescription> there() {
        var there = new LinkedHashMap<Topic, TopicDescription>();
        var names = topics.all().stream().map(Topic::name).toList();
        var asked = admin.describeTopics(names).topicNameValues();
        for (Topic topic : topics.all()) {
            var answer = asked.get(topic.name());
            if (answer != null) {
                Asked.unless(UnknownTopicOrPartitionException.class, answer)
                        .ifPresent(description -> there.put(topic, description));
            }
        }
        return there;
    }

    /** Makes those that are missing; then all there are. */
    Map<Topic, TopicDescription> completed(Map<Topic, TopicDescription> there, NewTopics wanted, Findings findings) {
        List<Topic> missing =
                topics.all().stream().filter(topic -> !there.containsKey(topic)).toList();
        if (missing.isEmpty()) {
            return there;
        }
        admin.createTopics(missing.stream()
                        .map(topic -> wanted.make(topic, topics))
                        .toList())
                .values()
                .forEach((name, result) -> {
                    try {
                        Asked.unless(TopicExistsException.class, result);
                    } catch (ApiException e) {
                        findings.fault("topic " + name + " cannot be made with --replication-factor "
                                + wanted.replicas() + ": " + e.getMessage());
                    }
                });
        return awaited(findings.hasFaults() ? 1 : TRIES);
    }

    /** A topic just made may take a moment to be seen. */
    private Map<Topic, TopicDescription> awaited(int tries) {
        Map<Topic, TopicDescription> there = there();
        for (int left = tries; left > 0 && there.size() < topics.all().size(); left--) {
            try {
                Thread.sleep(BETWEEN_TRIES_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return there;
            }
            there = there();
        }
        return there;
    }
}
