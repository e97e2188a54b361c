package io.tidemark.streams.administration;

import io.tidemark.streams.MeteringSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.clients.admin.QuorumInfo;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Whether the brokers are many, new, roomy and punctual enough. */
final class ClusterChecks {
    /** 4.0-IV3, the last of Kafka 4.0. Source: org.apache.kafka.server.common.MetadataVersion. */
    private static final short KAFKA_4_0 = 25;

    private static final Duration PUNCTUAL = Duration.ofSeconds(1);
    static final List<String> INTERNAL = List.of("__consumer_offsets", "__transaction_state");

    private final Admin admin;
    private final MeteringSettings settings;
    private final Findings findings;

    ClusterChecks(Admin admin, MeteringSettings settings, Findings findings) {
        this.admin = admin;
        this.settings = settings;
        this.findings = findings;
    }

    void check(Clock clock) {
        Collection<Node> nodes = Asked.of(admin.describeCluster().nodes());
        brokers(nodes);
        versions();
        orUnreadable("the brokers' clock", () -> clocks(clock));
        orUnreadable("the replicas of Kafka's own topics", this::internalTopics);
        orUnreadable("the brokers' disks", () -> disks(nodes));
    }

    /** Not everybody may ask everything; what is not known is said. */
    private void orUnreadable(String what, Runnable check) {
        try {
            check.run();
        } catch (ApiException unreadable) {
            findings.warning(what + " cannot be read: " + unreadable.getMessage());
        }
    }

    private void brokers(Collection<Node> nodes) {
        String says = "Kafka at " + settings.connection().kafka() + ": " + nodes.size() + " broker(s)";
        if (nodes.size() < settings.replicationFactor()) {
            findings.fault(says + ", fewer than the " + settings.replicationFactor()
                    + " replicas wanted: --replication-factor " + nodes.size() + ", or more brokers");
        } else {
            findings.fine(says);
        }
    }

    private void versions() {
        orUnreadable("the brokers' version", () -> {
            var range = Asked.of(admin.describeFeatures().featureMetadata())
                    .finalizedFeatures()
                    .get("metadata.version");
            int level = range == null ? 0 : range.maxVersionLevel();
            if (level < KAFKA_4_0) {
                findings.fault("the brokers' metadata.version is " + level + ", below " + KAFKA_4_0
                        + " (Kafka 4.0): upgrade them, then kafka-features.sh upgrade --release-version 4.0");
            } else {
                findings.fine("metadata.version " + level + " (Kafka 4.0 is " + KAFKA_4_0 + ")");
            }
        });
    }

    /** The controller says when it last heard of itself: its own time. */
    private void clocks(Clock clock) {
        QuorumInfo quorum = Asked.of(admin.describeMetadataQuorum().quorumInfo());
        long ours = clock.millis();
        quorum.voters().stream()
                .filter(voter -> voter.replicaId() == quorum.leaderId())
                .flatMap(voter -> voter.lastCaughtUpTimestamp().stream().boxed())
                .findFirst()
                .ifPresent(theirs -> clock(Duration.ofMillis(ours - theirs)));
    }

    private void clock(Duration ahead) {
        String says = "the clock here is " + ahead.abs().toMillis() + " ms "
                + (ahead.isNegative() ? "behind" : "ahead of") + " the controller's";
        if (ahead.abs().compareTo(settings.time().early()) > 0) {
            findings.fault(says + ": producers with such a clock are rejected; set it right (NTP)");
        } else if (ahead.abs().compareTo(PUNCTUAL) > 0) {
            findings.warning(says + ": as_of is off by as much; set it right (NTP)");
        } else {
            findings.fine(says);
        }
    }

    private void internalTopics() {
        var asked = admin.describeTopics(INTERNAL).topicNameValues();
        for (String name : INTERNAL) {
            var answer = asked.get(name);
            if (answer != null) {
                Asked.unless(UnknownTopicOrPartitionException.class, answer)
                        .ifPresent(description -> internalTopic(name, description));
            }
        }
    }

    private void internalTopic(String name, TopicDescription description) {
        int replicas = description.partitions().stream()
                .mapToInt(partition -> partition.replicas().size())
                .min()
                .orElse(0);
        if (replicas < settings.replicationFactor()) {
            findings.warning("topic " + name + " has " + replicas + " of " + settings.replicationFactor()
                    + " replicas: counting stops while its broker is away; kafka-reassign-partitions.sh adds them");
        }
    }

    private void disks(Collection<Node> nodes) {
        var ids = nodes.stream().map(Node::id).toList();
        var full = new ArrayList<String>();
        Asked.of(admin.describeLogDirs(ids).allDescriptions())
                .forEach((broker, directories) -> full.addAll(full(broker, directories)));
        if (full.isEmpty()) {
            findings.fine("the brokers' disks have room");
        }
        full.forEach(findings::warning);
    }

    private static List<String> full(int broker, Map<String, LogDirDescription> directories) {
        var full = new ArrayList<String>();
        directories.forEach((path, directory) -> {
            if (directory.error() != null) {
                full.add("broker " + broker + " cannot use " + path + ": "
                        + directory.error().getMessage());
            } else if (directory.totalBytes().isPresent()
                    && directory.usableBytes().isPresent()
                    && directory.usableBytes().getAsLong()
                            < directory.totalBytes().getAsLong() / 10) {
                full.add("broker " + broker + " has " + (directory.usableBytes().getAsLong() >> 20) + " MiB left in "
                        + path + ", less than a tenth: give it more room, or keep events for less long");
            }
        });
        return full;
    }
}
