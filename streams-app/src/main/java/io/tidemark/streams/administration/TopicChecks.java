package io.tidemark.streams.administration;

import io.tidemark.schemas.Topic;
import io.tidemark.schemas.Topics;
import io.tidemark.streams.MeteringSettings;
import io.tidemark.streams.dedupe.SeenIds;
import io.tidemark.streams.directory.DirectoryStore;
import io.tidemark.streams.hot.HotStore;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Whether the topics are as counting needs them, and as safe as their replicas could make them. */
final class TopicChecks {
    private final Admin admin;
    private final MeteringSettings settings;
    private final Topics topics;
    private final Findings findings;

    TopicChecks(Admin admin, MeteringSettings settings, Topics topics, Findings findings) {
        this.admin = admin;
        this.settings = settings;
        this.topics = topics;
        this.findings = findings;
    }

    void check(Map<Topic, TopicDescription> there) {
        Map<Topic, Config> configs = configs(there.keySet());
        for (Topic topic : topics.all()) {
            TopicDescription description = there.get(topic);
            Config config = configs.get(topic);
            if (description == null || config == null) {
                missing(topic);
            } else {
                int before = findings.all().size();
                checkPartitions(topic.name(), topic.partitions(settings.partitions()), description);
                checkConfig(topic, config);
                checkSafety(topic, description, config);
                if (findings.all().size() == before) {
                    findings.fine(summary(topic, description, config));
                }
            }
        }
        checkChangelog(HotStore.NAME, topics.requests());
        checkChangelog(SeenIds.NAME, topics.requests());
        checkChangelog(DirectoryStore.NAME, topics.customerCommands());
    }

    private void missing(Topic topic) {
        if (!findings.hasFaults() && settings.createTopics()) {
            findings.fault("topic " + topic.name() + " was made, but is not there yet; start again");
        } else if (!settings.createTopics()) {
            findings.fault("topic " + topic.name() + " is missing (tidemark topics create makes it, and so does"
                    + " serve --create-topics)");
        }
    }

    private void checkPartitions(String name, int wanted, TopicDescription description) {
        int found = description.partitions().size();
        if (found != wanted) {
            findings.fault("topic " + name + " has " + found + " partitions, not " + wanted
                    + "; the number is final: start with the one the topics have, or under another prefix");
        }
    }

    /** The changelog of a store has as many partitions as the topic its task reads. */
    private void checkChangelog(String store, Topic input) {
        String name = settings.applicationId() + "-" + store + "-changelog";
        var answer = admin.describeTopics(List.of(name)).topicNameValues().get(name);
        if (answer != null) {
            Asked.unless(UnknownTopicOrPartitionException.class, answer)
                    .ifPresent(
                            description -> checkPartitions(name, input.partitions(settings.partitions()), description));
        }
    }

    private Map<Topic, Config> configs(Set<Topic> there) {
        var resources = new LinkedHashMap<ConfigResource, Topic>();
        there.forEach(topic -> resources.put(new ConfigResource(ConfigResource.Type.TOPIC, topic.name()), topic));
        var configs = new LinkedHashMap<Topic, Config>();
        Asked.of(admin.describeConfigs(resources.keySet()).all()).forEach((resource, config) -> {
            Topic topic = resources.get(resource);
            if (topic != null) {
                configs.put(topic, config);
            }
        });
        return configs;
    }

    private void checkConfig(Topic topic, Config config) {
        mustBe(topic, config, "message.timestamp.type");
        mustBe(topic, config, "cleanup.policy");
        if ("-1".equals(topic.config().get("retention.ms"))) {
            mustBe(topic, config, "retention.ms");
            mustBe(topic, config, "retention.bytes");
        }
        String wanted = topic.config().get("max.message.bytes");
        if (wanted != null && number(config, "max.message.bytes") < Long.parseLong(wanted)) {
            findings.fault("topic " + topic.name() + " has max.message.bytes=" + value(config, "max.message.bytes")
                    + ", below " + wanted);
        }
    }

    private void mustBe(Topic topic, Config config, String key) {
        String wanted = topic.config().get(key);
        if (wanted != null && !value(config, key).equals(wanted)) {
            findings.fault("topic " + topic.name() + " has " + key + "=" + value(config, key) + ", not " + wanted);
        }
    }

    /** Counts right without all this, for as long as no broker is lost. */
    private void checkSafety(Topic topic, TopicDescription description, Config config) {
        int replicas = replicas(description);
        long inSync = number(config, "min.insync.replicas");
        if (replicas < settings.replicationFactor()) {
            findings.warning("topic " + topic.name() + " has " + replicas + " of " + settings.replicationFactor()
                    + " replicas: kafka-reassign-partitions.sh adds them");
        }
        if (replicas > 2 && inSync < 2) {
            findings.warning("topic " + topic.name() + " has min.insync.replicas=" + inSync
                    + ": what was acknowledged may be on one broker alone; set it to " + NewTopics.inSyncOf(replicas));
        }
        if (replicas > 1 && inSync >= replicas) {
            findings.warning("topic " + topic.name() + " has min.insync.replicas=" + inSync + " of " + replicas
                    + ": it cannot be written while one broker is away; set it to " + NewTopics.inSyncOf(replicas));
        }
        if (isInput(topic) && isShort(config)) {
            findings.warning("topic " + topic.name() + " keeps events "
                    + Duration.ofMillis(number(config, "retention.ms")).toDays()
                    + " days, less than totals are exact to the minute: they could not be counted again");
        }
    }

    private boolean isInput(Topic topic) {
        return topic.equals(topics.requests()) || topic.equals(topics.usage());
    }

    private boolean isShort(Config config) {
        long kept = number(config, "retention.ms");
        return kept >= 0 && kept < settings.keep().hours().toMillis();
    }

    private static int replicas(TopicDescription description) {
        return description.partitions().stream()
                .mapToInt(partition -> partition.replicas().size())
                .min()
                .orElse(0);
    }

    private static String summary(Topic topic, TopicDescription description, Config config) {
        return "topic " + topic.name() + ": partitions "
                + description.partitions().size() + ", replicas "
                + replicas(description) + ", min.insync.replicas " + value(config, "min.insync.replicas") + ", "
                + value(config, "message.timestamp.type") + ", " + kept(config);
    }

    private static String kept(Config config) {
        long millis = number(config, "retention.ms");
        return value(config, "cleanup.policy").equals("compact")
                ? "compacted"
                : millis < 0 ? "kept until read" : "kept " + spoken(Duration.ofMillis(millis));
    }

    private static String spoken(Duration time) {
        return time.toDays() > 1 ? time.toDays() + " days" : time.toHours() + " h";
    }

    private static long number(Config config, String key) {
        String value = value(config, key);
        return value.isEmpty() ? 0 : Long.parseLong(value);
    }

    private static String value(Config config, String key) {
        var entry = config.get(key);
        return entry == null ? "" : entry.value();
    }
}
