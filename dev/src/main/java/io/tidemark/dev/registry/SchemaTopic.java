package io.tidemark.dev.registry;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * The topic of all schemas: one partition, because ids are given out in its order, and compacted, because anything else
 * would forget schemas in time.
 */
final class SchemaTopic {
    static final String NAME = "_schemas";
    private static final String POLICY = "cleanup.policy";

    private SchemaTopic() {}

    /** Creates the topic, or makes sure that the one found can be trusted with schemas. */
    static void ensure(String bootstrapServers) {
        var settings = Map.<String, Object>of(
                "bootstrap.servers", bootstrapServers, "request.timeout.ms", 5_000, "default.api.timeout.ms", 15_000);
        try (var admin = Admin.create(settings)) {
            if (!create(admin)) {
                check(admin);
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("Topic " + NAME + " cannot be used: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while creating topic " + NAME, e);
        }
    }

    private static boolean create(Admin admin) throws ExecutionException, InterruptedException {
        var topic = new NewTopic(NAME, Optional.of(1), Optional.empty()).configs(Map.of(POLICY, "compact"));
        try {
            admin.createTopics(List.of(topic)).all().get();
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TopicExistsException) {
                return false;
            }
            throw e;
        }
    }

    private static void check(Admin admin) throws ExecutionException, InterruptedException {
        var found = only(admin.describeTopics(List.of(NAME)).allTopicNames().get());
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, NAME);
        var config = only(admin.describeConfigs(List.of(resource)).all().get());
        var policy = config.get(POLICY).value();
        if (found.partitions().size() != 1 || !"compact".equals(policy)) {
            throw new IllegalStateException("Topic " + NAME + " has "
                    + found.partitions().size() + " partitions and " + POLICY + "=" + policy
                    + ", but schemas need exactly one partition and compaction only.");
        }
    }

    private static <T> T only(Map<?, T> answers) {
        return answers.values().iterator().next();
    }
}
