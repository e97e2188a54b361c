package io.tidemark.streams.administration;

import static java.util.stream.Collectors.toSet;

import io.tidemark.schemas.Topic;
import io.tidemark.schemas.Topics;
import io.tidemark.streams.MeteringSettings;
import io.tidemark.streams.StartRefused;
import io.tidemark.streams.accounts.SourceTopics;
import io.tidemark.streams.dedupe.SeenIds;
import io.tidemark.streams.directory.DirectoryStore;
import io.tidemark.streams.hot.HotStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Makes the topics that are missing, where that is wanted, and refuses the start where one is not as it must be. */
public final class TopicSetup {
    private static final int TRIES = 50;
    private static final long BETWEEN_TRIES_MILLIS = 100;

    private final Admin admin;
    private final MeteringSettings settings;
    private final Topics topics;
    private final List<String> faults = new ArrayList<>();

    public TopicSetup(Admin admin, MeteringSettings settings) {
        this.admin = admin;
        this.settings = settings;
        this.topics = Topics.withPrefix(settings.topicPrefix());
    }

    /**
     * What Kafka calls the topics that are read.
     *
     * @param sources those the hot rooms read
     * @param commands the id of {@code customer-commands}
     */
    public record Prepared(SourceTopics sources, Uuid commands) {}

    /**
     * The topics that are read, every topic being as it must be.
     *
     * @throws StartRefused otherwise, with every fault
     */
    public Prepared prepare() {
        Map<Topic, TopicDescription> there = described();
        if (settings.createTopics() && there.size() < topics.all().size()) {
            create(topics.all().stream()
                    .filter(topic -> !there.containsKey(topic))
                    .toList());
            there.putAll(awaited());
        }
        for (Topic topic : topics.all()) {
            TopicDescription description = there.get(topic);
            if (description == null) {
                missing(topic);
            } else {
                checkPartitions(topic.name(), topic.partitions(settings.partitions()), description);
            }
        }
        checkChangelog(HotStore.NAME, topics.requests());
        checkChangelog(SeenIds.NAME, topics.requests());
        checkChangelog(DirectoryStore.NAME, topics.customerCommands());
        checkConfigs(there.keySet());
        var offsets = new CommittedOffsets(admin, settings.applicationId());
        offsets.check(faults);
        offsets.checkTopics(topics.all().stream().map(Topic::name).collect(toSet()), faults);
        if (!faults.isEmpty()) {
            throw new StartRefused(faults);
        }
        var sources = SourceTopics.of(
                identity(topics.requests(), there), identity(topics.usage(), there), identity(topics.rekey(), there));
        return new Prepared(sources, identity(topics.customerCommands(), there).id());
    }

    private void missing(Topic topic) {
        if (!settings.createTopics()) {
            faults.add("topic " + topic.name() + " is missing (--create-topics makes it)");
        } else if (faults.isEmpty()) {
            faults.add("topic " + topic.name() + " was made, but is not there yet; start again");
        }
    }

    private static SourceTopics.Identity identity(Topic topic, Map<Topic, TopicDescription> there) {
        TopicDescription description = there.get(topic);
        if (description == null) {
            throw new IllegalStateException(topic.name() + " was checked and is missing");
        }
        return new SourceTopics.Identity(topic.name(), description.topicId());
    }

    private Map<Topic, TopicDescription> described() {
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

    /** A topic just made may take a moment to be seen. */
    private Map<Topic, TopicDescription> awaited() {
        Map<Topic, TopicDescription> there = described();
        for (int left = TRIES; left > 0 && there.size() < topics.all().size(); left--) {
            try {
                Thread.sleep(BETWEEN_TRIES_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return there;
            }
            there = described();
        }
        return there;
    }

    private void create(List<Topic> missing) {
        var made = missing.stream()
                .map(topic -> new NewTopic(topic.name(), topic.partitions(settings.partitions()), (short)
                                settings.replicationFactor())
                        .configs(topic.config()))
                .toList();
        admin.createTopics(made).values().forEach((name, result) -> {
            try {
                Asked.unless(TopicExistsException.class, result);
            } catch (ApiException e) {
                faults.add("topic " + name + " cannot be made with --replication-factor " + settings.replicationFactor()
                        + ": " + e.getMessage());
            }
        });
    }

    private void checkPartitions(String name, int wanted, TopicDescription description) {
        int found = description.partitions().size();
        if (found != wanted) {
            faults.add("topic " + name + " has " + found + " partitions, not " + wanted
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

    private void checkConfigs(Set<Topic> there) {
        var resources = new LinkedHashMap<ConfigResource, Topic>();
        there.forEach(topic -> resources.put(new ConfigResource(ConfigResource.Type.TOPIC, topic.name()), topic));
        Map<ConfigResource, Config> configs =
                Asked.of(admin.describeConfigs(resources.keySet()).all());
        resources.forEach((resource, topic) -> {
            Config config = configs.get(resource);
            if (config != null) {
                checkConfig(topic, config);
            }
        });
    }

    private void checkConfig(Topic topic, Config config) {
        mustBe(topic, config, "message.timestamp.type");
        mustBe(topic, config, "cleanup.policy");
        if ("-1".equals(topic.config().get("retention.ms"))) {
            mustBe(topic, config, "retention.ms");
            mustBe(topic, config, "retention.bytes");
        }
        String wanted = topic.config().get("max.message.bytes");
        if (wanted != null && Long.parseLong(value(config, "max.message.bytes")) < Long.parseLong(wanted)) {
            faults.add("topic " + topic.name() + " has max.message.bytes=" + value(config, "max.message.bytes")
                    + ", below " + wanted);
        }
    }

    private void mustBe(Topic topic, Config config, String key) {
        String wanted = topic.config().get(key);
        if (wanted != null && !value(config, key).equals(wanted)) {
            faults.add("topic " + topic.name() + " has " + key + "=" + value(config, key) + ", not " + wanted);
        }
    }

    private static String value(Config config, String key) {
        var entry = config.get(key);
        return entry == null ? "" : entry.value();
    }
}
